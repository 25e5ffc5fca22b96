import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankClient, BankEnvironment, IssuedBankKey } from '../api/bank-clients';
import { useMay } from '../session/use-session';
import { MAX_LIVE_KEYS, takesPlace } from './bank-key.rules';
import { IssuedKeyDialog } from './issued-key-dialog';
import { NewKeyDialog } from './new-key-dialog';

interface BankKeyActionsProps {
  readonly client: BankClient;
  readonly environment: BankEnvironment;
}

/** The way to a new key, while there is room for one. */
export function BankKeyActions({ client, environment }: BankKeyActionsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  const [issued, setIssued] = useState<IssuedBankKey | null>(null);
  const taken = client.keys.filter((key) => key.environment === environment && takesPlace(key, new Date())).length;
  const waits = environment === 'live' && client.pendingApprovalId !== null;
  const hasRoom = taken < MAX_LIVE_KEYS && !waits;
  return (
    <>
      {may('bank_client.manage') && hasRoom && (
        <Button onClick={() => setAsking(true)}>
          {t(taken === 0 ? `bankKey.create.${environment}` : `bankKey.rotate.${environment}`)}
        </Button>
      )}
      {isAsking && (
        <NewKeyDialog
          bin={client.bin}
          environment={environment}
          isRotation={taken > 0}
          onIssued={(key) => {
            setAsking(false);
            setIssued(key);
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {issued && <IssuedKeyDialog issued={issued} onClose={() => setIssued(null)} />}
    </>
  );
}
