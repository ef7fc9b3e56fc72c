/** What instances were launched from before there were launch templates; it never changes. */
export interface LaunchConfiguration {
  name: string;
  arn: string;
  createdAt: number;
  imageId: string;
  instanceType: string;
  keyName: string | undefined;
  securityGroupIds: string[];
  /** Base64. */
  userData: string | undefined;
  /** Name or ARN of an instance profile. */
  iamInstanceProfile: string | undefined;
  ebsOptimized: boolean;
  detailedMonitoring: boolean;
  associatePublicIpAddress: boolean | undefined;
}
