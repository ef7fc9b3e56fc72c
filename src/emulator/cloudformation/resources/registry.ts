import { customResource } from '../custom-resource/custom-resource.ts';
import type { ResourceProvider, ResourceProviders } from '../resource-provider.ts';
import { apiGatewayProviders } from './api-gateway/providers.ts';
import { apiGatewayV2Providers } from './apigatewayv2/providers.ts';
import { autoScalingGroup } from './autoscaling/auto-scaling-group.ts';
import { launchConfiguration } from './autoscaling/launch-configuration.ts';
import { scalingPolicy } from './autoscaling/scaling-policy.ts';
import { cdkMetadata } from './cdk-metadata.ts';
import { alarm, compositeAlarm } from './cloudwatch/alarm.ts';
import { dashboard } from './cloudwatch/dashboard.ts';
import { elasticIp } from './ec2/elastic-ip.ts';
import { instance } from './ec2/instance.ts';
import { internetGateway, vpcGatewayAttachment } from './ec2/internet-gateway.ts';
import { launchTemplate } from './ec2/launch-template.ts';
import { natGateway } from './ec2/nat-gateway.ts';
import { networkInterface } from './ec2/network-interface.ts';
import { prefixList } from './ec2/prefix-list.ts';
import { route } from './ec2/route.ts';
import { routeTable } from './ec2/route-table.ts';
import { securityGroup } from './ec2/security-group.ts';
import { securityGroupEgress, securityGroupIngress } from './ec2/security-group-rule.ts';
import { subnet } from './ec2/subnet.ts';
import { subnetRouteTableAssociation } from './ec2/subnet-route-table-association.ts';
import { vpc } from './ec2/vpc.ts';
import { vpcEndpoint } from './ec2/vpc-endpoint.ts';
import { vpcEndpointService, vpcEndpointServicePermissions } from './ec2/vpc-endpoint-service.ts';
import { repository } from './ecr/repository.ts';
import { listener } from './elbv2/listener.ts';
import { listenerRule } from './elbv2/listener-rule.ts';
import { loadBalancer } from './elbv2/load-balancer.ts';
import { targetGroup } from './elbv2/target-group.ts';
import { rule } from './events/rule.ts';
import { instanceProfile } from './iam/instance-profile.ts';
import { managedPolicy } from './iam/managed-policy.ts';
import { policy } from './iam/policy.ts';
import { role } from './iam/role.ts';
import { alias } from './lambda/alias.ts';
import { eventInvokeConfig } from './lambda/event-invoke-config.ts';
import { eventSourceMapping } from './lambda/event-source-mapping.ts';
import { lambdaFunction } from './lambda/function.ts';
import { permission } from './lambda/permission.ts';
import { version } from './lambda/version.ts';
import { logGroup } from './logs/log-group.ts';
import { bucket } from './s3/bucket.ts';
import { bucketPolicy } from './s3/bucket-policy.ts';
import { subscription } from './sns/subscription.ts';
import { topic } from './sns/topic.ts';
import { topicPolicy } from './sns/topic-policy.ts';
import { queue } from './sqs/queue.ts';
import { queuePolicy } from './sqs/queue-policy.ts';
import { parameter } from './ssm/parameter.ts';

const providers: Readonly<Record<string, ResourceProvider>> = {
  ...apiGatewayProviders,
  ...apiGatewayV2Providers,
  'AWS::AutoScaling::AutoScalingGroup': autoScalingGroup,
  'AWS::AutoScaling::LaunchConfiguration': launchConfiguration,
  'AWS::AutoScaling::ScalingPolicy': scalingPolicy,
  'AWS::CDK::Metadata': cdkMetadata,
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
  'AWS::CloudWatch::Dashboard': dashboard,
  'AWS::EC2::EIP': elasticIp,
  'AWS::EC2::Instance': instance,
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::NetworkInterface': networkInterface,
  'AWS::EC2::PrefixList': prefixList,
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupEgress': securityGroupEgress,
  'AWS::EC2::SecurityGroupIngress': securityGroupIngress,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SubnetRouteTableAssociation': subnetRouteTableAssociation,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::EC2::VPCEndpointService': vpcEndpointService,
  'AWS::EC2::VPCEndpointServicePermissions': vpcEndpointServicePermissions,
  'AWS::EC2::VPCGatewayAttachment': vpcGatewayAttachment,
  'AWS::ECR::Repository': repository,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRule,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::Events::Rule': rule,
  'AWS::IAM::InstanceProfile': instanceProfile,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::Version': version,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::SSM::Parameter': parameter,
};

/** The types, but for custom resources, whose names are free. */
export const resourceTypes: readonly string[] = Object.keys(providers);

/** Every type of resource that can be deployed here. */
export const registeredProviders: ResourceProviders = (type) =>
  type.startsWith('Custom::') ? customResource : providers[type];
