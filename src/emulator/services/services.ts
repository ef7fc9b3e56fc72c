import type { Service } from '../core/service.ts';
import { apiGateway } from './api-gateway/index.ts';
import { apiGatewayV2 } from './apigatewayv2/index.ts';
import { autoScaling } from './autoscaling/index.ts';
import { cloudFormation } from './cloudformation/index.ts';
import { cloudWatch } from './cloudwatch/index.ts';
import { ec2 } from './ec2/index.ts';
import { elbv2 } from './elbv2/index.ts';
import { events } from './events/index.ts';
import { iam } from './iam/index.ts';
import { lambda } from './lambda/index.ts';
import { logs } from './logs/index.ts';
import { s3 } from './s3/index.ts';
import { sns } from './sns/index.ts';
import { sqs } from './sqs/index.ts';
import { ssm } from './ssm/index.ts';
import { sts } from './sts/index.ts';

/** Every AWS API of the local AWS. */
export const services: readonly Service[] = [
  // Before the first version, which shares its signing name and takes every other path.
  apiGatewayV2,
  apiGateway,
  autoScaling,
  cloudFormation,
  cloudWatch,
  ec2,
  elbv2,
  events,
  iam,
  lambda,
  logs,
  s3,
  sns,
  sqs,
  ssm,
  sts,
];
