// Writes assessment-tree.csv: a made-up assessment system (测评体系) of the shape such systems have, for the import of trees
// and for mock assessments. Headings follow the chapters of the published campaign plan of 2020 (大街工委发〔2020〕30号); every
// wording below them is our own and quotes no assessment system. Run after generate.mjs.
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const typeNames = new Map(
  readFileSync(new URL('../reference/point_types.csv', here), 'utf8').trim().split('\n').slice(1).map((l) => l.split(',').slice(0, 2)),
);

/** Project (大项): weight, types of points that it looks at, and its parts (子项) with what is asked there (小项). */
const projects = [
  ['文明出行', 8, ['main_road', 'bus_stop', 'underpass'], [
    ['行人与非机动车', ['行人不乱穿马路', '非机动车不逆行、不闯红灯', '非机动车停放有序']],
    ['机动车', ['机动车礼让斑马线', '路面无乱停乱放']],
    ['出行引导', ['重点时段有人劝导', '过街设施完好']],
  ]],
  ['文明养宠', 6, ['park', 'old_compound'], [
    ['牵绳与清便', ['遛犬牵绳', '宠物粪便随手清理']],
    ['便民设施', ['宠物便纸箱有纸、完好', '养宠须知上墙']],
    ['流浪动物', ['流浪犬及时处置', '宠物伤人有登记']],
  ]],
  ['街边小赌整治', 8, ['uncivil_hotspot', 'plaza'], [
    ['重点部位', ['重点部位无聚众小赌', '茶楼、棋牌室不涉赌']],
    ['巡查劝导', ['发现即劝导', '屡劝不止有处置']],
    ['长效管理', ['重点部位有人值守', '警民联动有记录']],
  ]],
  ['乱贴乱挂整治', 8, ['back_alley', 'bus_stop'], [
    ['小广告', ['墙面、杆体无小广告', '楼道无小广告', '小广告号码有收集上报']],
    ['牵挂与堆码', ['无乱牵乱挂', '阳台无堆码']],
    ['标语与横幅', ['无破损横幅标语', '宣传栏整洁']],
  ]],
  ['流浪乞讨救助', 6, ['underpass', 'metro_exit'], [
    ['巡查发现', ['通道、桥下无露宿', '无强行乞讨']],
    ['分类救助', ['送返有交接', '救助、就医有记录']],
    ['便民告知', ['求助电话有公示', '救助点可找到']],
  ]],
  ['乱吐乱扔整治', 8, ['main_road', 'shop_street'], [
    ['路面保洁', ['路面无烟头纸屑', '无痰迹污渍']],
    ['高空抛物', ['重点楼栋有提示', '发现有追查']],
    ['沿街餐饮', ['餐饮店外无污水', '垃圾不落地']],
  ]],
  ['文明服务', 10, ['service_hall', 'bank_hall', 'hospital'], [
    ['窗口服务', ['用语文明、不推诿', '排队有序、有一米线']],
    ['便民设施', ['无障碍通道畅通', '便民服务台可用', '志愿服务站有人']],
    ['投诉办理', ['投诉有回音', '办结有回访']],
    ['社区服务', ['社区办事不跑多次', '公示内容及时']],
  ]],
  ['市容环境', 12, ['main_road', 'shop_street', 'old_compound'], [
    ['占道经营', ['无占道摆摊', '无店外经营', '流动摊贩有疏导']],
    ['环境卫生', ['垃圾箱不满溢', '无卫生死角', '绿化带无垃圾']],
    ['老旧院落', ['楼道无堆物', '院落有人保洁']],
    ['立面与亭棚', ['亭棚伞规范', '空调外机、防护栏整齐']],
  ]],
  ['公共设施与宣传', 8, ['plaza', 'park', 'public_toilet'], [
    ['公益广告', ['公益广告完好、内容得当', '公益广告达到数量']],
    ['休闲设施', ['座椅、健身器材完好', '无障碍设施可用']],
    ['公共厕所', ['厕所干净无异味', '厕所用品齐全']],
    ['井盖与照明', ['井盖完好', '路灯亮灯']],
  ]],
  ['市场与门店', 10, ['market', 'shop_street'], [
    ['农贸市场', ['划行归市、不出摊', '市场地面干净', '市场证照齐全']],
    ['五小门店', ['五小门店亮证经营', '从业人员健康证有效']],
    ['门前三包', ['门前三包有牌有责', '门前无堆物']],
    ['食品安全', ['无过期食品', '餐具消毒有记录']],
  ]],
  ['校园周边', 8, ['school_perimeter'], [
    ['周边秩序', ['上放学时段交通有序', '校门外无流动摊贩', '校门外无乱停车']],
    ['周边场所', ['周边无违规娱乐场所', '不向未成年人售烟酒彩票']],
    ['周边环境', ['周边无不良出版物', '周边干净整洁']],
  ]],
  ['社会治理与满意', 8, ['community_station', 'construction_site'], [
    ['网格管理', ['网格问题有上报、有办结', '网格员在岗']],
    ['工地管理', ['工地围挡整洁', '工地扬尘有控制', '工地告示牌齐全']],
    ['群众评价', ['居民知晓创建', '居民参与创建']],
  ]],
];
/** What is a veto, with what says so. */
const vetoes = new Map([
  ['周边无违规娱乐场所', '《中华人民共和国未成年人保护法》第五十八条'],
  ['不向未成年人售烟酒彩票', '《中华人民共和国未成年人保护法》第五十九条'],
  ['无过期食品', '《中华人民共和国食品安全法》第三十四条'],
]);
const made = '示例测评体系（自拟，非官方文本）';
const households = 300;
/** So many indicators have a third question; the others two. */
const indicatorsInAll = 237;

const items = projects.flatMap(([, , , parts]) => parts.flatMap(([, asked]) => asked)).length;
const third = indicatorsInAll - 2 * items;
const rows = [];
const add = (level, code, parent, name, rest = {}) => rows.push({ level, code, parent, name, basis: made, ...rest });
let item = 0;
projects.forEach(([project, weight, types, parts], i) => {
  const top = String(i + 1);
  add('大项', top, '', project, { weight });
  parts.forEach(([part, asked], j) => {
    const sub = `${top}.${j + 1}`;
    add('子项', sub, top, part, { weight: asked.length });
    asked.forEach((text, k) => {
      const small = `${sub}.${k + 1}`;
      const veto = vetoes.get(text);
      const type = types[item % types.length];
      add('小项', small, sub, text, { weight: veto ? 2 : 1 });
      add('指标', `${small}.1`, small, `${typeNames.get(type)}：${text}`, {
        methods: '实地考察', weight: 2, types: type, veto: veto ? '是' : '', basis: veto ?? made,
      });
      if (item % 2) add('指标', `${small}.2`, small, `问卷：居民认为“${text}”`, { methods: '问卷调查', weight: 1, survey: true });
      else add('指标', `${small}.2`, small, `材料：“${text}”的部署、台账和整改`, { methods: '网上申报', weight: 1 });
      // Spread evenly: the n-th of the thirds falls where n/third passes the item's share.
      if (Math.floor(((item + 1) * third) / items) > Math.floor((item * third) / items)) {
        const other = types[(item + 1) % types.length];
        const where = other === type ? '高峰时段' : typeNames.get(other);
        add('指标', `${small}.3`, small, `${where}：${text}（复查）`, { methods: '实地考察', weight: 1, types: other });
      }
      item++;
    });
  });
});
const surveys = rows.filter((r) => r.survey);
surveys.forEach((row, i) => {
  row.households = Math.floor(((i + 1) * households) / surveys.length) - Math.floor((i * households) / surveys.length);
});
const cells = (r) => [r.level, r.code, r.parent, r.name, r.methods, r.weight, r.veto, r.types, '', r.households, r.basis];
writeFileSync(
  new URL('assessment-tree.csv', here),
  ['级别,编号,上级,名称,测评方法,权重,一票否决,点位类型,点位,户数,依据', ...rows.map((r) => cells(r).map((c) => c ?? '').join(','))].join('\n') + '\n',
);
