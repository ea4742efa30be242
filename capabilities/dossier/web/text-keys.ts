// The keys of the texts for what the server names.

type Keys = Readonly<Record<string, string>>;

export const GAP_TEXTS: Keys = {
  contact: 'dossier.gap.contact',
  decider: 'dossier.gap.decider',
  account_financial: 'dossier.gap.account_financial',
  account_analysis: 'dossier.gap.account_analysis',
};

export const FIGURE_TEXTS: Keys = {
  net_sales: 'dossier.figure.net_sales',
  cash_received: 'dossier.figure.cash_received',
  open_receivables: 'dossier.figure.open_receivables',
  contacts: 'dossier.figure.contacts',
};

export const HELP_TEXTS: Keys = {
  net_sales: 'dossier.help.net_sales',
  cash_received: 'dossier.help.cash_received',
  open_receivables: 'dossier.help.open_receivables',
  contacts: 'dossier.help.contacts',
};

export const KIND_TEXTS: Keys = {
  visit: 'dossier.kind.visit',
  complaint: 'dossier.kind.complaint',
  order: 'dossier.kind.order',
  payment: 'dossier.kind.payment',
  contract: 'dossier.kind.contract',
  opportunity: 'dossier.kind.opportunity',
  promise: 'dossier.kind.promise',
  task: 'dossier.kind.task',
  comment: 'dossier.kind.comment',
  change: 'dossier.kind.change',
};

export const REASON_TEXTS: Keys = {
  never_visited: 'dossier.reason.never_visited',
  visit_overdue: 'dossier.reason.visit_overdue',
  receivable_overdue: 'dossier.reason.receivable_overdue',
  complaint_open: 'dossier.reason.complaint_open',
  contract_ends: 'dossier.reason.contract_ends',
  promise_due: 'dossier.reason.promise_due',
  deal_due: 'dossier.reason.deal_due',
  tender_due: 'dossier.reason.tender_due',
};

export const COUNT_TEXTS: Keys = {
  planned: 'dossier.count.planned',
  reported: 'dossier.count.reported',
  unreported: 'dossier.count.unreported',
  without_dossier: 'dossier.count.without_dossier',
  checks_due: 'dossier.count.checks_due',
  contradictions: 'dossier.count.contradictions',
  complaints_open: 'dossier.count.complaints_open',
  causes_open: 'dossier.count.causes_open',
};

export const PART_TEXTS: Keys = {
  company: 'dossier.part.company',
  people: 'dossier.part.people',
  trading: 'dossier.part.trading',
  finances: 'dossier.part.finances',
  analysis: 'dossier.part.analysis',
};

export const EVIDENCE_TEXTS: Keys = {
  visit: 'dossier.evidence.visit',
  order: 'dossier.evidence.order',
  invoice: 'dossier.evidence.invoice',
  payment: 'dossier.evidence.payment',
  registry: 'dossier.evidence.registry',
  annual_report: 'dossier.evidence.annual_report',
  analysis: 'dossier.evidence.analysis',
};

export const INBOX_TEXTS: Keys = {
  mention: 'dossier.told.mention',
  comment: 'dossier.told.comment',
  complaint: 'dossier.told.complaint',
  task: 'dossier.told.task',
  record_cause: 'dossier.told.record_cause',
  owner_request: 'dossier.told.owner_request',
  owner_approved: 'dossier.told.owner_approved',
  owner_refused: 'dossier.told.owner_refused',
};

export const WAY_TEXTS: Keys = {
  at_once: 'dossier.way.at_once',
  digest: 'dossier.way.digest',
  never: 'dossier.way.never',
};

export const BUCKET_TEXTS: Keys = {
  not_due: 'dossier.bucket.not_due',
  days_1_30: 'dossier.bucket.days_1_30',
  days_31_60: 'dossier.bucket.days_31_60',
  days_61_90: 'dossier.bucket.days_61_90',
  over_90: 'dossier.bucket.over_90',
  to_1_year: 'dossier.bucket.to_1_year',
  years_1_2: 'dossier.bucket.years_1_2',
  years_2_3: 'dossier.bucket.years_2_3',
  over_3_years: 'dossier.bucket.over_3_years',
};

export const MEASURE_TEXTS: Keys = {
  amount: 'dossier.measure.amount',
  quantity: 'dossier.measure.quantity',
  margin: 'dossier.measure.margin',
  price: 'dossier.measure.price',
};

export const PERIOD_TEXTS: Keys = {
  month: 'dossier.period.month',
  quarter: 'dossier.period.quarter',
  year: 'dossier.period.year',
};

export const PROCESS_TEXTS: Keys = {
  sell: 'dossier.process.sell',
  deliver: 'dossier.process.deliver',
  collect: 'dossier.process.collect',
  serve: 'dossier.process.serve',
  know: 'dossier.process.know',
};

export const RATIO_TEXTS: Keys = {
  growth: 'dossier.ratio.growth',
  gross_margin: 'dossier.ratio.gross_margin',
  net_margin: 'dossier.ratio.net_margin',
  selling: 'dossier.ratio.selling',
  admin: 'dossier.ratio.admin',
  cash: 'dossier.ratio.cash',
};

export const TRAINING_TEXTS: Keys = {
  open: 'dossier.training_open',
  planned: 'dossier.training_planned',
  met: 'dossier.training_met',
  late: 'dossier.training_late',
};

/** Without a text of its own, the name itself. */
export const textKey = (keys: Keys, name: string): string => keys[name] ?? name;
