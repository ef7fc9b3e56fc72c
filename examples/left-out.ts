/**
 * What the examples leave out to stay short, by the names that cdk-nag has for it. A service of yours may want it: each
 * says how it is had.
 */
export const leftOut = {
  accessLogs: {
    id: 'AwsSolutions-APIG1',
    reason: 'Requests are not logged here: accessLogGroup has them logged',
  },
  authorizer: {
    id: 'AwsSolutions-APIG4',
    reason: 'Whoever knows the address may ask: authorizer says who may',
  },
  executionLogs: {
    id: 'AwsSolutions-APIG6',
    reason:
      'The role that API Gateway logs by belongs to the account: where it is set, loggingLevel turns logs on',
  },
  firewall: {
    id: 'AwsSolutions-APIG3',
    reason: 'What to filter depends on the service: a web ACL is associated with the stage of the API',
  },
  flowLogs: {
    id: 'AwsSolutions-VPC7',
    reason: 'A VPC for a trial keeps no logs of its own: addFlowLog() has them kept',
  },
  loadBalancerLogs: {
    id: 'AwsSolutions-ELB2',
    reason: 'The ALB does not log requests here: accessLogsBucket has them logged',
  },
  notifications: {
    id: 'AwsSolutions-AS3',
    reason: 'Nobody waits for news of two servers that serve a test page: notifications has them sent',
  },
  userPool: {
    id: 'AwsSolutions-COG4',
    reason: 'Whoever knows the address may ask: authorizer can be a Cognito user pool',
  },
} as const;
