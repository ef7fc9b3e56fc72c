import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import type { Dashboard } from '../../world/alarms/dashboard.ts';
import { dashboardArn } from './lookup.ts';
import { pageOf } from './pages.ts';

const largestPage = 1000;

export const dashboards: Operations<CloudWatch> = {
  PutDashboard(input, { cell }) {
    const name = required(input.DashboardName, 'dashboardName');
    const body = required(input.DashboardBody, 'dashboardBody');
    checkName(name);
    checkBody(body);
    const tags = cell.dashboards.get(name)?.tags ?? readTags(input.Tags);
    cell.dashboards.set(name, {
      name,
      arn: dashboardArn(cell, name),
      body,
      modifiedAt: cell.clock.now(),
      tags,
    });
    return { DashboardValidationMessages: [] };
  },

  GetDashboard(input, { cell }) {
    const name = required(input.DashboardName, 'dashboardName');
    const found = cell.dashboards.get(name);
    if (!found) throw dashboardNotFound(name);
    return { DashboardName: name, DashboardArn: found.arn, DashboardBody: found.body };
  },

  ListDashboards({ DashboardNamePrefix = '', NextToken: token }, { cell }) {
    const matching = [...cell.dashboards.values()].filter(({ name }) => name.startsWith(DashboardNamePrefix));
    const { items, nextToken } = pageOf(matching, ({ name }) => name, { limit: largestPage, token });
    return { DashboardEntries: items.map(describe), NextToken: nextToken };
  },

  /** All or none. */
  DeleteDashboards(input, { cell }) {
    const names = required(input.DashboardNames, 'dashboardNames');
    const unknown = names.find((name) => !cell.dashboards.has(name));
    if (unknown !== undefined) throw dashboardNotFound(unknown);
    for (const name of names) cell.dashboards.delete(name);
    return {};
  },
};

function describe({ name, arn, body, modifiedAt }: Dashboard) {
  return {
    DashboardName: name,
    DashboardArn: arn,
    LastModified: new Date(modifiedAt),
    Size: Buffer.byteLength(body),
  };
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(name)) return;
  throw invalid(
    `The value ${name} for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).`,
  );
}

/** What its widgets hold is the console's to show, and not looked at. */
function checkBody(body: string): void {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw invalid('The field DashboardBody must be a valid JSON object');
  }
  if (typeof json !== 'object' || json === null || !('widgets' in json) || !Array.isArray(json.widgets)) {
    throw invalid('The dashboard body is invalid: it must be an object with the list "widgets"');
  }
}

function invalid(message: string): AwsError {
  return new AwsError('DashboardInvalidInputError', message);
}

function dashboardNotFound(name: string): AwsError {
  return new AwsError('DashboardNotFoundError', `Dashboard ${name} does not exist`, 404);
}
