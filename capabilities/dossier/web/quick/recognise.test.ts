import { describe, expect, it } from 'vitest';
import { MOST_CHARACTERS, recognise } from './recognise';

describe('recognise: whole texts', () => {
  it('reads a signature on one line', () => {
    expect(recognise('王建国 采购总监 13812345678 上海市浦东新区张江路88号3楼 wang@abc.com.cn')).toEqual({
      name: '王建国', title: '采购总监', mobile: '13812345678', email: 'wang@abc.com.cn',
      address: '上海市浦东新区张江路88号3楼', province: '上海', city: '上海',
    });
  });

  it('reads labelled lines with full-width signs', () => {
    expect(recognise([
      '姓名：李芳', '职务：财务经理', '电话：０１０－６５８８１２３４', '手机：+86 139-1234-5678',
      '邮箱：lifang@example.com', '地址：江苏省苏州市工业园区星湖街328号 创意产业园5栋',
    ].join('\n'))).toEqual({
      name: '李芳', title: '财务经理', landline: '010-65881234', mobile: '139-1234-5678',
      email: 'lifang@example.com', address: '江苏省苏州市工业园区星湖街328号 创意产业园5栋',
      province: '江苏', city: '苏州',
    });
  });

  it('reads billing details as they are sent for an invoice', () => {
    expect(recognise([
      '名称：上海申能电力有限公司', '税号：91310115MA1K3ABC12',
      '地址、电话：上海市浦东新区世纪大道100号 021-58881234',
      '开户行及账号：中国工商银行上海张江支行 1001234567890123456',
    ].join('\n'))).toEqual({
      company: '上海申能电力有限公司', taxNumber: '91310115MA1K3ABC12',
      address: '上海市浦东新区世纪大道100号', landline: '021-58881234', province: '上海',
      city: '上海', bank: '中国工商银行上海张江支行', bankAccount: '1001234567890123456',
    });
  });

  it('reads billing details without labels', () => {
    expect(recognise(
      '杭州钱塘机械股份有限公司，91330100MA27XYW12K，招商银行杭州分行营业部，5719 0012 3456 7890',
    )).toEqual({
      company: '杭州钱塘机械股份有限公司', taxNumber: '91330100MA27XYW12K',
      bank: '招商银行杭州分行营业部', bankAccount: '5719 0012 3456 7890',
    });
  });});

describe('recognise: parts', () => {
  it('takes a form of address for what it is', () => {
    expect(recognise('张工 13700001111')).toEqual({
      name: '张', salutation: '张工', mobile: '13700001111',
    });
  });

  it('reads a telephone with an extension and one of 400', () => {
    expect(recognise('0755-26001234-802').landline).toBe('0755-26001234-802');
    expect(recognise('客服 400-820-8820').landline).toBe('400-820-8820');
  });

  it('reads a compound surname and leaves words alone that are no names', () => {
    expect(recognise('欧阳明月 13612345678').name).toBe('欧阳明月');
    expect(recognise('今天 下午 开会').name).toBeUndefined();
  });

  it('takes no mobile number out of a longer one', () => {
    const { mobile, bankAccount } = recognise('账号：6222138123456789012');
    expect(mobile).toBeUndefined();
    expect(bankAccount).toBe('6222138123456789012');
  });

  it('reads a labelled telephone that is a mobile', () => {
    expect(recognise('联系电话：13912345678').mobile).toBe('13912345678');
  });

  it('finds nothing in nothing, and does not read for ever', () => {
    expect(recognise('')).toEqual({});
    expect(recognise(`${'好'.repeat(MOST_CHARACTERS)}13812345678`)).toEqual({});
  });
});
