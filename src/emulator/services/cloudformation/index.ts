import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { registeredProviders } from '../../cloudformation/resources/registry.ts';
import type { Operations, Service } from '../../core/service.ts';
import { cloudFormationService } from './service.ts';

export const cloudFormation: Service<Operations<CloudFormation>> = cloudFormationService(registeredProviders);
