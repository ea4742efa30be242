// What the operations of public forms are called with.

// Whoever is quicker is taken for a machine.
const FILLING_MILLISECONDS = 2_000;

export function formLink(walk) {
  return walk.create('form_link', { name: '情报', object: 'contact', fields: ['name', 'title'] });
}

/** One form for all, so that it is waited for once. */
async function form(walk) {
  walk.form ??= (async () => {
    const maker = walk.maker;
    walk.maker = walk.admin;
    try {
      const { token } = await walk.must('GET', `/form-links/${await formLink(walk)}/address`);
      const { ticket } = await walk.must('GET', `/forms/${token}`);
      return { token, ticket };
    } finally {
      walk.maker = maker;
    }
  })();
  return walk.form;
}

export const formToken = async (walk) => (await form(walk)).token;

export async function formAnswer(walk, { operationId }) {
  if (operationId !== 'send_form') return undefined;
  const { ticket } = await form(walk);
  walk.filled ??= new Promise((resolve) => setTimeout(resolve, FILLING_MILLISECONDS));
  await walk.filled;
  return { fields: { name: '王芳' }, ticket, website: '' };
}
