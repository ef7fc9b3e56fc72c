"""The same calls to whatever AWS_ENDPOINT_URL names; prints each answer, or error, with what differs by chance made equal."""

import json
import re
import time

import boto3
from botocore.exceptions import ClientError

answers = {}
autoscaling, ec2, elbv2, iam, logs, s3, sqs, ssm, sts = (
    boto3.client(name) for name in ("autoscaling", "ec2", "elbv2", "iam", "logs", "s3", "sqs", "ssm", "sts")
)
cloudwatch, sns = (boto3.client(name) for name in ("cloudwatch", "sns"))


def equal(value, key=""):
    if isinstance(value, dict):
        return {name: equal(item, name) for name, item in sorted(value.items()) if name != "ResponseMetadata"}
    if isinstance(value, (list, tuple)):
        return [equal(item, key) for item in value]
    if hasattr(value, "isoformat"):
        return "<time>"
    if not isinstance(value, str):
        return value
    value = re.sub(r"\b(vpc|subnet|sg|sgr|eni|pl|acl|rtb|dopt|lt|i)-[0-9a-f]{8,17}\b", r"<\1>", value)
    value = re.sub(r"/[0-9a-f]{16}\b", "/<hex>", value)
    value = re.sub(r"\b(AROA|ANPA|AKIA|ASIA|AIDA)[A-Z0-9]{12,17}\b", r"<\1>", value)
    return value


def call(name, method, pick=lambda answer: answer, **arguments):
    try:
        answer = method(**arguments)
    except ClientError as error:
        answers[name] = {"error": error.response["Error"]["Code"]}
        return None
    answers[name] = equal(pick(answer))
    return answer


def only(*members):
    return lambda found: {member: found.get(member) for member in members}


# EC2
vpc = call("CreateVpc", ec2.create_vpc, lambda a: only("CidrBlock", "State", "IsDefault")(a["Vpc"]), CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
call("CreateVpc too large", ec2.create_vpc, CidrBlock="10.0.0.0/8")
call("DescribeVpcs unknown", ec2.describe_vpcs, VpcIds=["vpc-0123456789abcdef0"])
place = only("CidrBlock", "AvailableIpAddressCount", "MapPublicIpOnLaunch", "DefaultForAz")
subnets = [
    call(f"CreateSubnet {zone}", ec2.create_subnet, lambda a: place(a["Subnet"]), VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
    for index, zone in enumerate("ab")
]
call("CreateSubnet overlapping", ec2.create_subnet, VpcId=vpc, CidrBlock="10.0.0.0/25")
call("CreateSubnet outside", ec2.create_subnet, VpcId=vpc, CidrBlock="10.9.0.0/24")
call("CreateSubnet in no VPC", ec2.create_subnet, VpcId="vpc-0123456789abcdef0", CidrBlock="10.0.7.0/24")
group = call("CreateSecurityGroup", ec2.create_security_group, lambda a: only("GroupId")(a), GroupName="web", Description="web", VpcId=vpc)["GroupId"]
call("CreateSecurityGroup again", ec2.create_security_group, GroupName="web", Description="web", VpcId=vpc)
http = [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/16", "Description": "mine"}]}]
call("AuthorizeSecurityGroupIngress", ec2.authorize_security_group_ingress, only("Return"), GroupId=group, IpPermissions=http)
call("AuthorizeSecurityGroupIngress again", ec2.authorize_security_group_ingress, GroupId=group, IpPermissions=http)
rule = only("IpProtocol", "FromPort", "ToPort", "CidrIpv4", "IsEgress", "Description")
by_group = [{"Name": "group-id", "Values": [group]}]
call("DescribeSecurityGroupRules", ec2.describe_security_group_rules, lambda a: sorted((rule(r) for r in a["SecurityGroupRules"]), key=str), Filters=by_group)
call("RevokeSecurityGroupIngress", ec2.revoke_security_group_ingress, only("Return"), GroupId=group, IpPermissions=http)
call("RevokeSecurityGroupIngress again", ec2.revoke_security_group_ingress, GroupId=group, IpPermissions=http)
entries = [{"Cidr": "10.0.0.0/32", "Description": "one"}]
listed = only("PrefixListName", "State", "AddressFamily", "MaxEntries", "Version")
prefixes = call("CreateManagedPrefixList", ec2.create_managed_prefix_list, lambda a: listed(a["PrefixList"]), PrefixListName="mine", MaxEntries=2, AddressFamily="IPv4", Entries=entries)["PrefixList"]["PrefixListId"]
call("GetManagedPrefixListEntries", ec2.get_managed_prefix_list_entries, only("Entries"), PrefixListId=prefixes)
while ec2.describe_managed_prefix_lists(PrefixListIds=[prefixes])["PrefixLists"][0]["State"] != "create-complete":
    time.sleep(1)
call("ModifyManagedPrefixList of an old version", ec2.modify_managed_prefix_list, PrefixListId=prefixes, CurrentVersion=7, AddEntries=[{"Cidr": "10.0.0.1/32"}])
call("CreateNetworkInterface", ec2.create_network_interface, lambda a: only("Description", "InterfaceType", "SourceDestCheck")(a["NetworkInterface"]), SubnetId=subnets[0], Description="mine")

# Elastic Load Balancing
balancer = call("CreateLoadBalancer", elbv2.create_load_balancer, lambda a: only("LoadBalancerArn", "LoadBalancerName", "Scheme", "Type", "IpAddressType")(a["LoadBalancers"][0]), Name="web", Type="application", Scheme="internal", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
call("CreateLoadBalancer in one zone", elbv2.create_load_balancer, Name="one", Type="application", Scheme="internal", Subnets=subnets[:1])
checked = only("Protocol", "Port", "TargetType", "HealthCheckPath", "HealthCheckIntervalSeconds", "HealthyThresholdCount", "UnhealthyThresholdCount", "Matcher")
targets = call("CreateTargetGroup", elbv2.create_target_group, lambda a: checked(a["TargetGroups"][0]), Name="web", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
call("CreateTargetGroup of another port", elbv2.create_target_group, Name="web", Protocol="HTTP", Port=81, VpcId=vpc, TargetType="ip")
forward = [{"Type": "forward", "TargetGroupArn": targets}]
call("CreateListener", elbv2.create_listener, lambda a: only("Port", "Protocol", "LoadBalancerArn")(a["Listeners"][0]), LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
call("CreateListener on the same port", elbv2.create_listener, LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
call("DescribeLoadBalancers unknown", elbv2.describe_load_balancers, Names=["none"])
call("DescribeTargetHealth unknown", elbv2.describe_target_health, TargetGroupArn=targets[:-16] + "0" * 16)
call("RegisterTargets outside", elbv2.register_targets, TargetGroupArn=targets, Targets=[{"Id": "8.8.8.8"}])
call("DescribeTargetHealth unregistered", elbv2.describe_target_health, lambda a: [only("State", "Reason")(t["TargetHealth"]) for t in a["TargetHealthDescriptions"]], TargetGroupArn=targets, Targets=[{"Id": "10.0.0.9", "Port": 80}])
call("DeleteTargetGroup in use", elbv2.delete_target_group, TargetGroupArn=targets)
interfaces = [{"Name": "description", "Values": ["ELB app/web/*"]}]
call("interfaces of a load balancer", ec2.describe_network_interfaces, lambda a: len(a["NetworkInterfaces"]), Filters=interfaces)

# Auto Scaling
launched = {"ImageId": "ami-12c6146b", "InstanceType": "t3.nano"}
versioned = only("LaunchTemplateName", "DefaultVersionNumber", "LatestVersionNumber")
template = call("CreateLaunchTemplate", ec2.create_launch_template, lambda a: versioned(a["LaunchTemplate"]), LaunchTemplateName="web", LaunchTemplateData=launched)["LaunchTemplate"]["LaunchTemplateId"]
call("CreateLaunchTemplate again", ec2.create_launch_template, LaunchTemplateName="web", LaunchTemplateData=launched)
version = only("VersionNumber", "DefaultVersion", "LaunchTemplateData")
call("CreateLaunchTemplateVersion", ec2.create_launch_template_version, lambda a: version(a["LaunchTemplateVersion"]), LaunchTemplateId=template, SourceVersion="1", LaunchTemplateData={"InstanceType": "t3.micro"})
call("DescribeLaunchTemplateVersions", ec2.describe_launch_template_versions, lambda a: [version(v) for v in a["LaunchTemplateVersions"]], LaunchTemplateId=template, Versions=["$Latest"])
call("DescribeLaunchTemplates unknown", ec2.describe_launch_templates, LaunchTemplateNames=["none"])
source = {"LaunchTemplateId": template, "Version": "$Latest"}
group = dict(MinSize=1, MaxSize=3, DesiredCapacity=2, VPCZoneIdentifier=subnets[0])
call("CreateAutoScalingGroup", autoscaling.create_auto_scaling_group, lambda a: None, AutoScalingGroupName="web", LaunchTemplate=source, **group)
call("CreateAutoScalingGroup again", autoscaling.create_auto_scaling_group, AutoScalingGroupName="web", LaunchTemplate=source, **group)
call("CreateAutoScalingGroup from nothing", autoscaling.create_auto_scaling_group, AutoScalingGroupName="none", **group)
described = only("AutoScalingGroupName", "MinSize", "MaxSize", "DesiredCapacity", "DefaultCooldown", "AvailabilityZones", "HealthCheckType", "HealthCheckGracePeriod", "VPCZoneIdentifier", "TerminationPolicies", "NewInstancesProtectedFromScaleIn", "Tags")
call("DescribeAutoScalingGroups", autoscaling.describe_auto_scaling_groups, lambda a: [described(g) for g in a["AutoScalingGroups"]])
member = only("AvailabilityZone", "HealthStatus", "InstanceType", "ProtectedFromScaleIn")
call("DescribeAutoScalingInstances", autoscaling.describe_auto_scaling_instances, lambda a: [member(i) for i in a["AutoScalingInstances"]])
call("SetDesiredCapacity above the bound", autoscaling.set_desired_capacity, AutoScalingGroupName="web", DesiredCapacity=9)
call("DeleteAutoScalingGroup with instances", autoscaling.delete_auto_scaling_group, AutoScalingGroupName="web")

# IAM and STS
trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
call("CreateRole", iam.create_role, lambda a: only("RoleName", "Path", "Arn", "RoleId", "AssumeRolePolicyDocument")(a["Role"]), RoleName="one", AssumeRolePolicyDocument=json.dumps(trust))
call("CreateRole again", iam.create_role, RoleName="one", AssumeRolePolicyDocument=json.dumps(trust))
call("CreateRole of nonsense", iam.create_role, RoleName="two", AssumeRolePolicyDocument="{}")
call("GetRole unknown", iam.get_role, RoleName="none")
call("GetCallerIdentity", sts.get_caller_identity, only("Account"))
call("AssumeRole of who is not trusted", sts.assume_role, only("PackedPolicySize"), RoleArn="arn:aws:iam::123456789012:role/one", RoleSessionName="me")

# SSM
call("PutParameter", ssm.put_parameter, only("Version", "Tier"), Name="/a/b", Value="1", Type="String")
call("PutParameter again", ssm.put_parameter, Name="/a/b", Value="2", Type="String")
call("GetParameter", ssm.get_parameter, lambda a: a["Parameter"], Name="/a/b")
call("GetParameter unknown", ssm.get_parameter, Name="/a/c")
call("GetParameter unknown version", ssm.get_parameter, Name="/a/b:9")
call("GetParametersByPath", ssm.get_parameters_by_path, lambda a: [p["Name"] for p in a["Parameters"]], Path="/a")
call("GetParametersByPath, one beneath the other", ssm.get_parameters_by_path, lambda a: a["Parameters"], Path="/")

# S3
call("CreateBucket", s3.create_bucket, only("Location"), Bucket="things")
call("GetBucketVersioning", s3.get_bucket_versioning, only("Status"), Bucket="things")
call("GetBucketPolicy of none", s3.get_bucket_policy, Bucket="things")
call("PutObject", s3.put_object, only("ETag"), Bucket="things", Key="a", Body=b"hello")
call("GetObject", s3.get_object, lambda a: [a["Body"].read().decode(), a["ContentType"], a["ContentLength"]], Bucket="things", Key="a")
call("GetObject unknown", s3.get_object, Bucket="things", Key="b")
call("ListObjectsV2", s3.list_objects_v2, lambda a: [only("Key", "Size", "ETag", "StorageClass")(o) for o in a["Contents"]], Bucket="things")
call("DeleteBucket with objects", s3.delete_bucket, Bucket="things")

# SQS and logs
queue = call("CreateQueue", sqs.create_queue, lambda a: a["QueueUrl"].rsplit("/", 2)[1:], QueueName="one")["QueueUrl"]
call("SendMessage", sqs.send_message, only("MD5OfMessageBody"), QueueUrl=queue, MessageBody="hello")
call("ReceiveMessage", sqs.receive_message, lambda a: [m["Body"] for m in a["Messages"]], QueueUrl=queue)
call("GetQueueUrl unknown", sqs.get_queue_url, QueueName="none")
call("CreateLogGroup", logs.create_log_group, lambda a: None, logGroupName="one")
call("CreateLogGroup again", logs.create_log_group, logGroupName="one")
call("DescribeLogGroups", logs.describe_log_groups, lambda a: [only("logGroupName", "arn", "storedBytes")(g) for g in a["logGroups"]])
call("PutRetentionPolicy unknown", logs.put_retention_policy, logGroupName="none", retentionInDays=7)

# CloudWatch and SNS
topic = call("CreateTopic", sns.create_topic, only("TopicArn"), Name="news")["TopicArn"]
call("CreateTopic again", sns.create_topic, only("TopicArn"), Name="news")
call("CreateTopic of a name that is none", sns.create_topic, Name="a b")
call("GetTopicAttributes", sns.get_topic_attributes, lambda a: only("TopicArn", "Owner", "SubscriptionsConfirmed", "DisplayName")(a["Attributes"]), TopicArn=topic)
call("GetTopicAttributes unknown", sns.get_topic_attributes, TopicArn=topic + "2")
inbox = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
subscribed = call("Subscribe", sns.subscribe, lambda a: None, TopicArn=topic, Protocol="sqs", Endpoint=inbox)["SubscriptionArn"]
call("ListSubscriptionsByTopic", sns.list_subscriptions_by_topic, lambda a: [only("Protocol", "Endpoint", "Owner")(s) for s in a["Subscriptions"]], TopicArn=topic)
call("GetSubscriptionAttributes", sns.get_subscription_attributes, lambda a: only("Protocol", "RawMessageDelivery", "PendingConfirmation")(a["Attributes"]), SubscriptionArn=subscribed)
call("Publish unknown", sns.publish, TopicArn=topic + "2", Message="x")
call("Publish too long a subject", sns.publish, TopicArn=topic, Message="x", Subject="x" * 101)
data = [{"MetricName": "m", "Value": value, "Dimensions": [{"Name": "a", "Value": "b"}]} for value in (1.0, 2.5, 4.0)]
call("PutMetricData", cloudwatch.put_metric_data, lambda a: None, Namespace="mine", MetricData=data)
call("ListMetrics", cloudwatch.list_metrics, only("Metrics"), Namespace="mine")
alarm = dict(AlarmName="one", Namespace="mine", MetricName="m", Statistic="Sum", Period=60, EvaluationPeriods=2, Threshold=1, ComparisonOperator="GreaterThanThreshold")
call("PutMetricAlarm", cloudwatch.put_metric_alarm, lambda a: None, **alarm, AlarmActions=[topic], Tags=[{"Key": "a", "Value": "1"}])
described = only("AlarmName", "AlarmArn", "ActionsEnabled", "OKActions", "AlarmActions", "MetricName", "Statistic", "Period", "EvaluationPeriods", "Threshold", "StateReason")
call("DescribeAlarms", cloudwatch.describe_alarms, lambda a: [described(one) for one in a["MetricAlarms"]], AlarmNames=["one"])
call("ListTagsForResource of an alarm", cloudwatch.list_tags_for_resource, only("Tags"), ResourceARN="arn:aws:cloudwatch:us-east-1:123456789012:alarm:one")
call("PutMetricAlarm with two statistics", cloudwatch.put_metric_alarm, **{**alarm, "AlarmName": "x"}, ExtendedStatistic="p99")
call("SetAlarmState", cloudwatch.set_alarm_state, lambda a: None, AlarmName="one", StateValue="ALARM", StateReason="mine")
call("SetAlarmState unknown", cloudwatch.set_alarm_state, AlarmName="none", StateValue="ALARM", StateReason="mine")
call("DescribeAlarmsForMetric of none", cloudwatch.describe_alarms_for_metric, only("MetricAlarms"), Namespace="mine", MetricName="other")
call("PutDashboard", cloudwatch.put_dashboard, only("DashboardValidationMessages"), DashboardName="board", DashboardBody='{"widgets": []}')
call("GetDashboard", cloudwatch.get_dashboard, only("DashboardName", "DashboardBody", "DashboardArn"), DashboardName="board")
call("GetDashboard unknown", cloudwatch.get_dashboard, DashboardName="none")
call("DeleteAlarms", cloudwatch.delete_alarms, lambda a: None, AlarmNames=["one"])
call("DeleteAlarms unknown", cloudwatch.delete_alarms, lambda a: None, AlarmNames=["one"])

print(json.dumps(answers))
