import {
  type CfnCondition,
  type CfnParameter,
  type CfnResource,
  Fn,
  type IResolvable,
  type Stack,
} from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import type { ApiGatewayAlbBridge } from '../bridge/api-gateway-alb-bridge.ts';
import { firstOf, type Part } from './config-text.ts';
import { where } from './only-if.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import { setTogether } from './set-together.ts';
import { type OptionalText, optionalText } from './text-parameter.ts';

/** TLS from API Gateway to the ALB, through the NLB, as parameters. */
export class Tls {
  readonly group: ParameterGroup;
  readonly #certificate: OptionalText;
  readonly #serverName: CfnParameter;

  constructor(stack: Stack) {
    this.#certificate = optionalText(stack, 'CertificateArn', {
      description: 'Certificate of the ALB’s listener, which is HTTPS then; the NLB passes TLS through to it',
      expected: 'the ARN of a certificate',
      pattern: patterns.certificateArn,
    });
    this.#serverName = optionalText(stack, 'ServerName', {
      description: 'Name that the certificate is for, which API Gateway checks',
      expected: 'a DNS name',
      pattern: patterns.dnsName,
    }).parameter;
    setTogether(stack, 'NameOfCertificate', {
      parameters: [this.#certificate.parameter, this.#serverName],
      reason: 'API Gateway checks the name of a certificate: set CertificateArn and ServerName together',
    });
    this.group = {
      label: 'TLS',
      parameters: [
        [this.#certificate.parameter, 'Certificate'],
        [this.#serverName, 'Server name'],
      ],
    };
  }

  get isOn(): CfnCondition {
    return this.#certificate.isGiven;
  }

  /** The port of the ALB, for the configuration. */
  get port(): Part {
    return firstOf([[this.isOn, () => '443']], () => '80');
  }

  /** Has a bridge without TLS do what the parameters say. */
  apply(bridge: ApiGatewayAlbBridge): void {
    const { applicationListener, networkTargetGroup, node } = bridge;
    const port = this.#either(443, 80);
    for (const listener of [applicationListener, node.findChild('Nlb').node.findChild('Listener')]) {
      resourceOf(listener).addPropertyOverride('Port', port);
    }
    resourceOf(networkTargetGroup).addPropertyOverride('Port', port);
    resourceOf(node.findChild('NlbAddresses').node.findChild('Resource')).addPropertyOverride(
      'listenerPort',
      port,
    );
    this.#encrypt(resourceOf(applicationListener));
    this.#address(bridge.restApi as apigateway.RestApi);
  }

  #encrypt(listener: CfnResource): void {
    listener.addPropertyOverride('Protocol', this.#either('HTTPS', 'HTTP'));
    const certificates = [{ CertificateArn: this.#certificate.parameter.valueAsString }];
    listener.addPropertyOverride('Certificates', where(this.isOn, certificates));
    listener.addPropertyOverride('SslPolicy', where(this.isOn, SslPolicy.RECOMMENDED_TLS));
  }

  /** A variable of the stage has the name: methods count from the next deployment on, and variables at once. */
  #address({ deploymentStage, methods }: apigateway.RestApi): void {
    const name = { serverName: this.#serverName.valueAsString };
    resourceOf(deploymentStage).addPropertyOverride('Variables', where(this.isOn, name));
    for (const method of methods) {
      const resource = method.node.defaultChild as apigateway.CfnMethod;
      const { uri } = resource.integration as apigateway.CfnMethod.IntegrationProperty;
      const path = uri?.slice(uri.lastIndexOf('/'));
      const encrypted = `https://\${stageVariables.serverName}${path}`;
      resource.addPropertyOverride('Integration.Uri', this.#either(encrypted, uri));
    }
  }

  #either(encrypted: string | number, plain: string | number | undefined): IResolvable {
    return Fn.conditionIf(this.isOn.logicalId, encrypted, plain);
  }
}

function resourceOf({ node }: IConstruct): CfnResource {
  return node.defaultChild as CfnResource;
}
