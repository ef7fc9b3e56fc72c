"""Calls of boto3 to a local AWS, as a program of a user makes them: pages, waiters, errors by their class."""

import datetime
import io
import json
import os
import zipfile

import boto3
from botocore.exceptions import ClientError

answers = {}
ec2, elbv2, iam, lambda_ = (boto3.client(name) for name in ("ec2", "elbv2", "iam", "lambda"))
s3, sqs, ssm, cloudformation = (boto3.client(name) for name in ("s3", "sqs", "ssm", "cloudformation"))
cloudwatch, sns = (boto3.client(name) for name in ("cloudwatch", "sns"))


def pages(client, operation, size, **arguments):
    paginator = client.get_paginator(operation)
    return list(paginator.paginate(PaginationConfig={"PageSize": size}, **arguments))


def error_of(error_class, call, **arguments):
    try:
        call(**arguments)
    except error_class as error:
        return type(error).__name__
    return None


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def wait(client, waiter, **arguments):
    client.get_waiter(waiter).wait(**arguments)


# Load balancers, their targets and interfaces
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
zones = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]][:2]
subnets = [
    ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
    for index, zone in enumerate(zones)
]
balancers = [
    elbv2.create_load_balancer(Name=f"a-{kind}", Type=kind, Scheme="internal", Subnets=subnets)["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    for kind in ("application", "network")
]
wait(elbv2, "load_balancer_available", LoadBalancerArns=balancers)
described = elbv2.describe_load_balancers(LoadBalancerArns=balancers)["LoadBalancers"]
answers["waiter load_balancer_available"] = [balancer["State"]["Code"] for balancer in described]
for index in range(12 - len(ec2.describe_network_interfaces(MaxResults=1000)["NetworkInterfaces"])):
    ec2.create_network_interface(SubnetId=subnets[index % 2])
answers["pages of describe_network_interfaces"] = [
    len(page["NetworkInterfaces"]) for page in pages(ec2, "describe_network_interfaces", 5)
]
answers["pages of describe_load_balancers"] = sorted(
    balancer["Type"] for page in pages(elbv2, "describe_load_balancers", 1) for balancer in page["LoadBalancers"]
)

group = dict(Protocol="TCP", Port=80, VpcId=vpc, TargetType="ip", HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=5)
targets, *others = [
    elbv2.create_target_group(Name=f"group-{index}", **group)["TargetGroups"][0]["TargetGroupArn"] for index in range(3)
]
answers["pages of describe_target_groups"] = [
    len(page["TargetGroups"]) for page in pages(elbv2, "describe_target_groups", 1)
]
forward = [{"Type": "forward", "TargetGroupArn": targets}]
elbv2.create_listener(LoadBalancerArn=balancers[1], Protocol="TCP", Port=80, DefaultActions=forward)
# The ALB's nodes answer on port 80 with its listener: they are targets that are healthy.
fixed = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
elbv2.create_listener(LoadBalancerArn=balancers[0], Protocol="HTTP", Port=80, DefaultActions=fixed)
alb_interfaces = [
    interface["PrivateIpAddress"]
    for page in pages(ec2, "describe_network_interfaces", 100, Filters=[{"Name": "description", "Values": ["ELB app/*"]}])
    for interface in page["NetworkInterfaces"]
]
for sg in ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]:
    http = [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}]
    ec2.authorize_security_group_ingress(GroupId=sg["GroupId"], IpPermissions=http)
node = [{"Id": alb_interfaces[0], "Port": 80}]
elbv2.register_targets(TargetGroupArn=targets, Targets=node)
wait(elbv2, "target_in_service", TargetGroupArn=targets, Targets=node)


def health():
    described = elbv2.describe_target_health(TargetGroupArn=targets)["TargetHealthDescriptions"]
    return [one["TargetHealth"]["State"] for one in described]


answers["waiter target_in_service"] = health()
elbv2.deregister_targets(TargetGroupArn=targets, Targets=node)
wait(elbv2, "target_deregistered", TargetGroupArn=targets, Targets=node)
answers["waiter target_deregistered"] = health()

missing = targets[:-1] + ("0" if targets[-1] != "0" else "1")
errors = elbv2.exceptions
answers["error of an unknown target group"] = error_of(
    errors.TargetGroupNotFoundException, elbv2.describe_target_health, TargetGroupArn=missing
)
answers["error of an unknown load balancer"] = error_of(
    errors.LoadBalancerNotFoundException, elbv2.describe_load_balancers, Names=["none"]
)
answers["error of a name that is taken"] = error_of(
    errors.DuplicateTargetGroupNameException, elbv2.create_target_group, Name="group-1", **{**group, "Port": 81}
)
answers["error of a group in use"] = error_of(
    errors.ResourceInUseException, elbv2.delete_target_group, TargetGroupArn=targets
)
answers["code of an unknown VPC"] = code_of(ec2.describe_vpcs, VpcIds=["vpc-0123456789abcdef0"])
for balancer in balancers:
    elbv2.delete_load_balancer(LoadBalancerArn=balancer)
wait(elbv2, "load_balancers_deleted", LoadBalancerArns=balancers)
answers["waiter load_balancers_deleted"] = elbv2.describe_load_balancers()["LoadBalancers"]

# Instances and their groups
autoscaling = boto3.client("autoscaling")
launch_template = ec2.create_launch_template(
    LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-1", "InstanceType": "t4g.nano"}
)["LaunchTemplate"]["LaunchTemplateId"]
for size in ("t4g.micro", "t4g.small"):
    ec2.create_launch_template_version(
        LaunchTemplateId=launch_template, SourceVersion="1", LaunchTemplateData={"InstanceType": size}
    )
answers["pages of describe_launch_template_versions"] = [
    version["LaunchTemplateData"]["InstanceType"]
    for page in pages(ec2, "describe_launch_template_versions", 1, LaunchTemplateId=launch_template)
    for version in page["LaunchTemplateVersions"]
]
instance = ec2.run_instances(LaunchTemplate={"LaunchTemplateId": launch_template}, MinCount=1, MaxCount=1)["Instances"][0]
wait(ec2, "instance_running", InstanceIds=[instance["InstanceId"]])
wait(ec2, "instance_status_ok", InstanceIds=[instance["InstanceId"]])
ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
wait(ec2, "instance_terminated", InstanceIds=[instance["InstanceId"]])
answers["waiter instance_terminated"] = ec2.describe_instances(InstanceIds=[instance["InstanceId"]])["Reservations"][0][
    "Instances"
][0]["State"]["Name"]
scaled = dict(
    LaunchTemplate={"LaunchTemplateId": launch_template, "Version": "$Latest"},
    MinSize=1,
    MaxSize=3,
    VPCZoneIdentifier=",".join(subnets),
)
for name in ("one", "two", "three"):
    autoscaling.create_auto_scaling_group(AutoScalingGroupName=name, **scaled)
answers["pages of describe_auto_scaling_groups"] = [
    group["AutoScalingGroupName"]
    for page in pages(autoscaling, "describe_auto_scaling_groups", 1)
    for group in page["AutoScalingGroups"]
]
answers["error of a group that is there"] = error_of(
    autoscaling.exceptions.AlreadyExistsFault,
    autoscaling.create_auto_scaling_group,
    AutoScalingGroupName="one",
    **scaled,
)
answers["code of an unknown group"] = code_of(
    autoscaling.set_desired_capacity, AutoScalingGroupName="none", DesiredCapacity=1
)
answers["error of a group with instances"] = error_of(
    autoscaling.exceptions.ResourceInUseFault, autoscaling.delete_auto_scaling_group, AutoScalingGroupName="one"
)
for name in ("one", "two", "three"):
    autoscaling.delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)

# Buckets and parameters
s3.create_bucket(Bucket="things")
wait(s3, "bucket_exists", Bucket="things")
answers["waiter bucket_exists"] = s3.head_bucket(Bucket="things")["ResponseMetadata"]["HTTPStatusCode"]
s3.put_bucket_versioning(Bucket="things", VersioningConfiguration={"Status": "Enabled"})
for key in ("a", "a", "b", "c"):
    s3.put_object(Bucket="things", Key=key, Body=b"x")
answers["pages of list_objects_v2"] = [
    found["Key"] for page in pages(s3, "list_objects_v2", 1, Bucket="things") for found in page["Contents"]
]
answers["pages of list_object_versions"] = [
    found["Key"] for page in pages(s3, "list_object_versions", 1, Bucket="things") for found in page["Versions"]
]
answers["error of an unknown object"] = error_of(s3.exceptions.NoSuchKey, s3.get_object, Bucket="things", Key="z")
for name in ("a", "b", "c"):
    ssm.put_parameter(Name=f"/app/{name}", Value=name, Type="String")
answers["pages of get_parameters_by_path"] = [
    found["Name"] for page in pages(ssm, "get_parameters_by_path", 1, Path="/app") for found in page["Parameters"]
]
answers["error of an unknown parameter"] = error_of(ssm.exceptions.ParameterNotFound, ssm.get_parameter, Name="/none")
answers["error of an unknown queue"] = error_of(sqs.exceptions.QueueDoesNotExist, sqs.get_queue_url, QueueName="none")

# Stacks
template = {"Resources": {"Port": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "80"}}}}


def status(stack):
    return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]


stack = cloudformation.create_stack(StackName="app", TemplateBody=json.dumps(template))["StackId"]
wait(cloudformation, "stack_create_complete", StackName="app")
answers["waiter stack_create_complete"] = status("app")
template["Resources"]["Port"]["Properties"]["Value"] = "81"
cloudformation.create_change_set(StackName="app", ChangeSetName="next", TemplateBody=json.dumps(template))
wait(cloudformation, "change_set_create_complete", StackName="app", ChangeSetName="next")
change_set = cloudformation.describe_change_set(StackName="app", ChangeSetName="next")
answers["waiter change_set_create_complete"] = change_set["Status"]
cloudformation.execute_change_set(StackName="app", ChangeSetName="next")
wait(cloudformation, "stack_update_complete", StackName="app")
answers["waiter stack_update_complete"] = status("app")
answers["error of an unknown change set"] = error_of(
    cloudformation.exceptions.ChangeSetNotFoundException,
    cloudformation.describe_change_set,
    StackName="app",
    ChangeSetName="none",
)
cloudformation.delete_stack(StackName="app")
wait(cloudformation, "stack_delete_complete", StackName=stack)
answers["waiter stack_delete_complete"] = status(stack)
answers["pages of list_stacks"] = [
    found["StackStatus"] for page in pages(cloudformation, "list_stacks", None) for found in page["StackSummaries"]
]
events = [
    event["ResourceStatus"]
    for page in pages(cloudformation, "describe_stack_events", None, StackName=stack)
    for event in page["StackEvents"]
]
answers["pages of describe_stack_events"] = [events[0], events[-1]]
answers["code of a stack that is not there"] = code_of(cloudformation.describe_stacks, StackName="app")

# Functions
trust = {"Principal": {"Service": "lambda.amazonaws.com"}, "Effect": "Allow", "Action": "sts:AssumeRole"}
role = iam.create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps({"Statement": [trust]}))["Role"]["Arn"]
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as code:
    code.writestr("index.mjs", "export const handler = async () => 1;")
lambda_.create_function(
    FunctionName="one", Runtime="nodejs22.x", Handler="index.handler", Role=role, Code={"ZipFile": archive.getvalue()}
)
wait(lambda_, "function_active_v2", FunctionName="one")
answers["waiter function_active_v2"] = lambda_.get_function(FunctionName="one")["Configuration"]["State"]
answers["error of an unknown function"] = error_of(
    lambda_.exceptions.ResourceNotFoundException, lambda_.get_function, FunctionName="none"
)
answers["error of an unknown role"] = error_of(iam.exceptions.NoSuchEntityException, iam.get_role, RoleName="none")

# Connections of a WebSocket API
apigatewayv2 = boto3.client("apigatewayv2")
chat = apigatewayv2.create_api(Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
apigatewayv2.create_stage(ApiId=chat["ApiId"], StageName="prod", AutoDeploy=True)
connections = boto3.client(
    "apigatewaymanagementapi", endpoint_url=f"{os.environ['API_ENDPOINT']}/{chat['ApiId']}/prod"
)
answers["error of a connection that is gone"] = error_of(
    connections.exceptions.GoneException, connections.post_to_connection, ConnectionId="L0SM9cOFvHcCIhw=", Data=b"hello"
)

# Metrics and alarms. The client's clock is behind the world's, which runs faster: values are dated by the world.
dimensions = [{"Name": "Binding", "Value": "one"}]
data = [{"MetricName": "many", "Dimensions": dimensions, "Value": float(value), "Unit": "Count"} for value in range(300)]
cloudwatch.put_metric_data(Namespace="test", MetricData=data)
cloudwatch.put_metric_data(Namespace="test", MetricData=[{"MetricName": f"m{index:03}", "Value": 1} for index in range(550)])
answers["pages of list_metrics"] = [len(page["Metrics"]) for page in pages(cloudwatch, "list_metrics", None, Namespace="test")]
start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
asked = {"Metric": {"Namespace": "test", "MetricName": "many", "Dimensions": dimensions}, "Period": 3600}
queries = [{"Id": id, "MetricStat": {**asked, "Stat": stat}} for id, stat in (("count", "SampleCount"), ("p90", "p90"))]
read = pages(
    cloudwatch, "get_metric_data", None, MetricDataQueries=queries, StartTime=start, EndTime=start + datetime.timedelta(days=1)
)
answers["pages of get_metric_data"] = [
    [result["Id"], sum(result["Values"])] for page in read for result in page["MetricDataResults"]
]
alarm = dict(Namespace="test", MetricName="many", Dimensions=dimensions, Statistic="Sum", Period=60, EvaluationPeriods=1)
for name in ("one", "two"):
    cloudwatch.put_metric_alarm(AlarmName=name, Threshold=1.5, ComparisonOperator="GreaterThanThreshold", **alarm)
wait(cloudwatch, "alarm_exists", AlarmNames=["one"])
cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule="ALARM(one) AND ALARM(two)")
wait(cloudwatch, "composite_alarm_exists", AlarmNames=["both"], AlarmTypes=["CompositeAlarm"])
answers["waiter alarm_exists"] = cloudwatch.describe_alarms(AlarmNames=["one"])["MetricAlarms"][0]["Threshold"]
answers["waiter composite_alarm_exists"] = cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"][0]["AlarmRule"]
answers["pages of describe_alarms"] = [
    [found["AlarmName"] for found in page["MetricAlarms"]] for page in pages(cloudwatch, "describe_alarms", 1)
]
cloudwatch.set_alarm_state(AlarmName="two", StateValue="ALARM", StateReason="a test")
answers["pages of describe_alarm_history"] = [
    item["HistorySummary"]
    for page in pages(cloudwatch, "describe_alarm_history", 1, AlarmName="two", HistoryItemType="StateUpdate")
    for item in page["AlarmHistoryItems"]
][-1]
cloudwatch.put_dashboard(DashboardName="board", DashboardBody=json.dumps({"widgets": []}))
answers["pages of list_dashboards"] = [
    found["DashboardName"] for page in pages(cloudwatch, "list_dashboards", None) for found in page["DashboardEntries"]
]
answers["error of an unknown alarm"] = error_of(
    cloudwatch.exceptions.ResourceNotFound, cloudwatch.set_alarm_state, AlarmName="none", StateValue="OK", StateReason="x"
)
# Both errors have the same code, by which boto3 finds a class.
answers["error of an unknown dashboard"] = error_of(
    cloudwatch.exceptions.ResourceNotFound, cloudwatch.get_dashboard, DashboardName="none"
)
answers["code of a period that cannot be"] = code_of(
    cloudwatch.put_metric_alarm, AlarmName="x", Threshold=1, ComparisonOperator="GreaterThanThreshold", **{**alarm, "Period": 45}
)
topic = sns.create_topic(Name="news")["TopicArn"]
answers["pages of list_topics"] = [
    found["TopicArn"] for page in pages(sns, "list_topics", None) for found in page["Topics"]
]
answers["error of an unknown topic"] = error_of(sns.exceptions.NotFoundException, sns.publish, TopicArn=topic + "2", Message="x")

print(json.dumps(answers))
