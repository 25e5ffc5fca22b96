import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type BankClient, type BankEnvironment, readBankClient } from '../api/bank-clients';
import { Facts } from '../kit/facts';
import { Note } from '../kit/note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import './bank-clients.css';
import { BankAddressesLine } from './bank-addresses-line';
import { BankKeyActions } from './bank-key-actions';
import { BankKeyTable } from './bank-key-table';
import { useAgreementText } from './use-agreement-text';

const ENVIRONMENTS: readonly BankEnvironment[] = ['live', 'test'];

/** One institution: its keys for real and for tests, and from where it may call. */
export function BankClientPage() {
  const { t } = useTranslation();
  const { bin = '' } = useParams();
  const query = useQuery({ queryKey: ['bank-client', bin], queryFn: () => readBankClient(bin) });
  return (
    <Page
      title={query.data?.shortName ?? t('nav.bankClients')}
      crumbs={[{ title: t('nav.bankClients'), to: '/bank-clients' }]}
    >
      <QueryView query={query} lines={8}>
        {(client) => (
          <div className="stack">
            {client.pendingApprovalId && <WaitingNote />}
            <ClientFacts client={client} />
            {ENVIRONMENTS.map((environment) => (
              <KeysSection key={environment} client={client} environment={environment} />
            ))}
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function WaitingNote() {
  const { t } = useTranslation();
  return (
    <Note tone="attention" title={t('bankClient.waiting')}>
      <p>
        {t('bankClient.waitingText')} <Link to="/inbox">{t('bankClient.toApproval')}</Link>
      </p>
    </Note>
  );
}

function ClientFacts({ client }: { readonly client: BankClient }) {
  const { t } = useTranslation();
  const agreement = useAgreementText();
  return (
    <Section title={t('bankClient.facts')}>
      <Facts
        facts={[
          { name: t('bankClient.legalName'), value: client.legalName },
          { name: t('bankClient.bin'), value: <span className="code">{client.bin}</span> },
          { name: t('bankClient.agreement'), value: agreement(client) },
        ]}
      />
    </Section>
  );
}

interface KeysSectionProps {
  readonly client: BankClient;
  readonly environment: BankEnvironment;
}

function KeysSection({ client, environment }: KeysSectionProps) {
  const { t } = useTranslation();
  const keys = client.keys.filter((key) => key.environment === environment);
  const addresses = client.addresses.find((list) => list.environment === environment);
  return (
    <Section
      title={t(environment === 'live' ? 'bankClient.liveKeys' : 'bankClient.testKeys')}
      aside={<BankKeyActions client={client} environment={environment} />}
    >
      <p className="soft key-notes">{t(`bankKey.environmentText.${environment}`)}</p>
      {keys.length === 0 ? <p>{t('bankKey.none')}</p> : <BankKeyTable bin={client.bin} keys={keys} />}
      {addresses && <BankAddressesLine bin={client.bin} addresses={addresses} />}
    </Section>
  );
}
