import { fieldOf, optionLabel, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';

/** What names criteria and tiers needs: the language and the fields of accounts. */
export function useWords() {
  const { t, language } = useText();
  const account = useObjectMeta('account');
  const tiers = account ? fieldOf(account, 'tier')?.options ?? [] : [];
  return {
    t, language, account, tiers,
    tierName: (key: string | null) => {
      const option = tiers.find((one) => one.key === key);
      return option ? optionLabel(option, language) : key ?? t('scoring.no_tier');
    },
  };
}
