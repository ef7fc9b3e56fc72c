import { App } from 'aws-cdk-lib';
import { BridgeStack } from './bridge-stack.ts';

new BridgeStack(new App(), 'albridge-example');
