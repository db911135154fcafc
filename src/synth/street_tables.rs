//! The made-up vocabulary of addresses and companies: roads, housing estates, villages, brands and trades.
//! Frequent words stand first; the generator weighs them by rank.

/// First parts of road names, most frequent first.
pub const ROADS: &str = "
解放 人民 建设 中山 和平 新华 文化 胜利 建国 光明 团结 友谊 东风 红旗 青年 学府 长江 黄河 南京 北京 上海 广州 幸福 朝阳 滨江 滨河 湖滨
环城 迎宾 振兴 科技 创业 工业 开发 体育 公园 花园 商业 车站 延安 井冈山 遵义 韶山 泰山 华山 衡山 黄山 昆仑 天山 太湖 洞庭 西湖 东湖 南湖
北湖 钟楼 鼓楼 古城 文昌 孔庙 书院 学院 大学 教育 健康 富强 民主 文明 平安 安康 永安 长安 太平 兴隆 丰收 金桥 银河 星海 桃园 梅园 兰亭
翠竹 松柏 荷花 桂花 樱花 香樟 梧桐 凤凰 龙腾 云峰 文一 文二 望江 临江 沿江 河东 河西 城南 城北 东环 西环 南环 北环 纬一 纬二 经七 通达
";

/// First parts of the names of housing estates, most frequent first.
pub const ESTATES: &str = "
阳光 锦绣 翠湖 世纪 金色 碧水 幸福 书香 明珠 丽景 香榭 湖畔 水岸 绿城 万科 中海 保利 恒大 融创 龙湖 江南 紫荆 桂花 玫瑰 百合 海棠 凯旋
东方 盛世 名门 学府 都市 城市 时代 国际 滨江 观澜 御景 君悦 天鹅 银河 星河 枫林 松林 柳岸 荷塘 和谐 安居 康乐 新世界 新天地 四季 春晓
";

/// Last parts of the names of housing estates, most frequent first.
pub const ESTATE_ENDINGS: &str = "
花园 小区 家园 新村 嘉园 公寓 华庭 苑 豪庭 雅苑 名苑 新城 里 广场 山庄 湾 府 一期 二期 三期 名邸 华府 佳苑 城 庄园 社区
";

/// Towns of rural addresses.
pub const TOWNS: &str = "
城关镇 河口镇 大桥镇 龙泉镇 清水镇 石桥镇 新街镇 太平镇 白沙镇 双河镇 东山镇 南坪乡 黄土乡 红星乡 三合镇 马家镇 王庄镇 李集镇 沙河镇 杨柳镇
";

/// Villages of rural addresses.
pub const VILLAGES: &str = "
前进村 胜利村 新民村 红旗村 光明村 张家村 李家村 王家庄 刘庄村 陈家湾 上河村 下河村 东村 西村 小河村 大湾村 石门村 柳树村 桃花村 青山村
赵家沟 周家坝 高家岭 石板村 龙门村 双桥村 新建村 和平村 团结村 永兴村
";

/// Characters of brands.
pub const BRANDS: &str =
    "华恒盛泰鑫瑞嘉宏达通联创科信诚德荣兴隆金银天宇海阳光明永利丰裕源富康安美佳博智云腾飞凯亿万中聚优锐远翔星辰";

/// Trades, as the middle of a company name: `Han:English`.
pub const TRADES: &str = "
科技:Technology 网络科技:Network_Technology 信息技术:Information_Technology 贸易:Trading 商贸:Trading 电子商务:E-Commerce
建筑工程:Construction 装饰工程:Decoration 物业管理:Property_Management 餐饮管理:Catering 文化传媒:Media 教育咨询:Education
商务咨询:Consulting 物流:Logistics 供应链管理:Supply_Chain 机械设备:Machinery 医疗器械:Medical_Devices 生物科技:Biotech
新能源:New_Energy 广告:Advertising 酒店管理:Hotel_Management 汽车服务:Automobile_Service 服装:Garment 食品:Food
农业发展:Agriculture 环保科技:Environmental_Technology 房地产开发:Real_Estate 投资管理:Investment 电子:Electronics
";

/// Legal forms, most frequent first, each with its share in 1/100.
pub const LEGAL_FORMS: [(&str, u32); 4] =
    [("有限公司", 74), ("有限责任公司", 13), ("股份有限公司", 8), ("集团有限公司", 5)];

/// What stands in a company field of people who have none.
pub const COMPANY_PLACEHOLDERS: [&str; 6] = ["无", "个人", "退休", "自由职业", "暂无", "-"];

/// Remarks in brackets behind a name.
pub const NAME_REMARKS: [&str; 12] =
    ["采购", "经理", "离职", "财务", "老客户", "VIP", "转介绍", "女儿", "勿扰", "2店", "已付定金", "业务"];

/// Remarks behind an address.
pub const ADDRESS_REMARKS: [&str; 6] =
    ["（菜鸟驿站）", "，不要放快递柜", "（放门卫）", " 周末送", "（送货前电话）", "门口"];
