//! The names of the synthetic people: surnames with their shares and readings, given names by sex and
//! birth decade in the order of their popularity, and the foreign, Cantonese and minority names.
//! Plain text tables: they are read once at the start by `names.rs`, and rustfmt leaves them alone.

/// Mainland surnames: `Han:pinyin:share`, the share in 1/10,000 of the population (rounded up to 1).
pub const SURNAMES: &str = "
王:wang:716 李:li:701 张:zhang:670 刘:liu:510 陈:chen:468 杨:yang:298 黄:huang:224 赵:zhao:206 吴:wu:198
周:zhou:190 徐:xu:142 孙:sun:138 马:ma:118 朱:zhu:120 胡:hu:118 郭:guo:106 何:he:108 林:lin:113 高:gao:100
罗:luo:97 郑:zheng:88 梁:liang:86 谢:xie:74 宋:song:70 唐:tang:66 许:xu:58 韩:han:62 邓:deng:57 冯:feng:58
曹:cao:55 彭:peng:50 曾:zeng:51 肖:xiao:46 田:tian:42 董:dong:52 潘:pan:46 袁:yuan:52 蔡:cai:48 蒋:jiang:43
余:yu:43 于:yu:52 杜:du:42 叶:ye:45 程:cheng:48 魏:wei:46 苏:su:47 吕:lv:46 丁:ding:42 任:ren:42 卢:lu:40
姚:yao:39 沈:shen:41 钟:zhong:36 姜:jiang:38 崔:cui:36 谭:tan:37 陆:lu:36 范:fan:35 汪:wang:33 廖:liao:33
石:shi:31 金:jin:31 韦:wei:27 贾:jia:32 夏:xia:30 付:fu:28 方:fang:30 邹:zou:27 熊:xiong:27 白:bai:28
孟:meng:26 秦:qin:27 邱:qiu:26 侯:hou:26 江:jiang:26 尹:yin:22 薛:xue:25 闫:yan:22 段:duan:21 雷:lei:24
龙:long:22 黎:li:21 史:shi:22 陶:tao:20 贺:he:20 毛:mao:20 郝:hao:20 顾:gu:22 龚:gong:19 邵:shao:19 万:wan:19
覃:qin:18 武:wu:18 钱:qian:18 戴:dai:24 严:yan:17 欧:ou:11 莫:mo:15 孔:kong:15 向:xiang:14 常:chang:15
汤:tang:15 康:kang:16 易:yi:13 乔:qiao:13 赖:lai:14 文:wen:13 樊:fan:11 兰:lan:9 殷:yin:9 施:shi:12
洪:hong:12 翟:zhai:9 安:an:10 颜:yan:9 倪:ni:8 牛:niu:9 温:wen:9 芦:lu:5 季:ji:8 俞:yu:7 章:zhang:7
鲁:lu:8 葛:ge:9 伍:wu:8 申:shen:7 尤:you:5 毕:bi:7 聂:nie:7 柴:chai:5 焦:jiao:6 柳:liu:6 邢:xing:7 齐:qi:7
梅:mei:6 庄:zhuang:7 辛:xin:5 管:guan:5 祝:zhu:5 左:zuo:6 涂:tu:5 谷:gu:5 祁:qi:4 时:shi:4 舒:shu:5 耿:geng:5
牟:mu:4 卜:bu:4 路:lu:4 詹:zhan:6 关:guan:6 苗:miao:4 凌:ling:4 费:fei:3 纪:ji:5 靳:jin:4 盛:sheng:4 童:tong:5
欧阳:ouyang:8 甄:zhen:2 项:xiang:4 曲:qu:5 成:cheng:3 游:you:4 阳:yang:3 裴:pei:4 席:xi:2 卫:wei:3 查:zha:2
屈:qu:3 鲍:bao:4 位:wei:1 霍:huo:4 翁:weng:4 隋:sui:3 植:zhi:1 甘:gan:4 景:jing:3 薄:bo:1 单:shan:4 包:bao:4
司:si:2 柏:bai:2 宁:ning:4 柯:ke:5 阮:ruan:4 桂:gui:2 闵:min:2 解:xie:3 强:qiang:1 车:che:3 冉:ran:3 房:fang:3
边:bian:2 辜:gu:1 吉:ji:3 饶:rao:3 刁:diao:2 瞿:qu:2 戚:qi:2 丘:qiu:3 古:gu:3 米:mi:2 池:chi:2 滕:teng:2
晋:jin:1 苑:yuan:2 邬:wu:2 臧:zang:2 畅:chang:1 宫:gong:2 来:lai:1 缪:miao:2 苟:gou:2 全:quan:1 褚:chu:2
廉:lian:1 简:jian:3 娄:lou:2 盖:ge:1 符:fu:3 奚:xi:1 木:mu:1 穆:mu:2 党:dang:2 燕:yan:1 郎:lang:2 邸:di:1
冀:ji:1 谈:tan:1 姬:ji:2 屠:tu:1 连:lian:2 郜:gao:1 晏:yan:1 栾:luan:2 郁:yu:1 商:shang:2 蒙:meng:2 计:ji:1
喻:yu:3 揭:jie:1 窦:dou:2 迟:chi:1 宇:yu:1 敖:ao:2 糜:mi:1 鄢:yan:1 冷:leng:2 卓:zhuo:3 花:hua:1 仇:qiu:2
艾:ai:3 蓝:lan:3 都:du:1 巩:gong:2 稽:ji:1 井:jing:1 练:lian:1 仲:zhong:2 乐:yue:1 虞:yu:1 卞:bian:2 封:feng:2
竺:zhu:1 冼:xian:1 原:yuan:2 官:guan:1 衣:yi:1 楚:chu:1 佟:tong:2 栗:li:1 匡:kuang:1 宗:zong:1 应:ying:2
台:tai:1 巫:wu:1 鞠:ju:1 僧:seng:1 桑:sang:1 荆:jing:1 谌:chen:1 银:yin:1 扬:yang:1 明:ming:1 沙:sha:1 伏:fu:1
岑:cen:1 习:xi:1 胥:xu:1 保:bao:1 和:he:1 上官:shangguan:2 司马:sima:1 诸葛:zhuge:2 司徒:situ:1 皇甫:huangfu:2
夏侯:xiahou:1 令狐:linghu:1 东方:dongfang:1 尉迟:yuchi:1 慕容:murong:1 公孙:gongsun:1 端木:duanmu:1 张杨:zhangyang:1
";

/// Surnames of Hong Kong and Taiwan: `traditional:Cantonese:Taiwanese:share`.
pub const OVERSEAS_SURNAMES: &str = "
陳:Chan:Chen:110 林:Lam:Lin:80 黃:Wong:Huang:70 張:Cheung:Chang:60 李:Lee:Lee:60 王:Wong:Wang:45 吳:Ng:Wu:42
劉:Lau:Liu:38 蔡:Choi:Tsai:32 楊:Yeung:Yang:30 許:Hui:Hsu:24 鄭:Cheng:Cheng:24 謝:Tse:Hsieh:18 郭:Kwok:Kuo:17
洪:Hung:Hung:15 曾:Tsang:Tseng:16 邱:Yau:Chiu:14 廖:Liu:Liao:13 賴:Lai:Lai:12 周:Chow:Chou:16 徐:Tsui:Hsu:13
蘇:So:Su:13 葉:Yip:Yeh:14 莊:Chong:Chuang:9 呂:Lui:Lu:9 江:Kong:Chiang:9 何:Ho:Ho:14 蕭:Siu:Hsiao:9 羅:Law:Lo:12
高:Ko:Kao:8 梁:Leung:Liang:16 潘:Poon:Pan:8 簡:Kan:Chien:5 朱:Chu:Chu:9 鍾:Chung:Chung:8 彭:Pang:Peng:6
詹:Jim:Chan:4 胡:Wu:Hu:7 施:Sze:Shih:5 沈:Shum:Shen:4 余:Yu:Yu:7 盧:Lo:Lu:7 趙:Chiu:Chao:6 顏:Ngan:Yen:3
柯:Or:Ko:4 翁:Yung:Weng:3 魏:Ngai:Wei:4 孫:Suen:Sun:5 戴:Tai:Tai:4 鄧:Tang:Teng:7 馮:Fung:Feng:6 關:Kwan:Kuan:3
麥:Mak:Mai:4 歐陽:AuYeung:OuYang:2 司徒:Szeto:SzuTu:1 范:Fan:Fan:4 方:Fong:Fang:4 宋:Sung:Sung:4 杜:To:Tu:3
";

/// First characters of Hong Kong given names: `traditional:Cantonese`; male, then female.
pub const CANTONESE_FIRST: [&str; 2] = [
    "家:Ka 志:Chi 俊:Chun 偉:Wai 國:Kwok 永:Wing 子:Tsz 浩:Ho 冠:Koon 智:Chi 文:Man 少:Siu 德:Tak 耀:Yiu 啟:Kai
     建:Kin 健:Kin 錦:Kam 嘉:Ka 卓:Cheuk 天:Tin 世:Sai 兆:Siu 樹:Shu 漢:Hon 景:King 振:Chun 柏:Pak",
    "嘉:Ka 詠:Wing 美:Mei 慧:Wai 淑:Suk 麗:Lai 婉:Yuen 曉:Hiu 凱:Hoi 思:Sze 雅:Nga 穎:Wing 綺:Yee 佩:Pui 秀:Sau
     佳:Kai 家:Ka 惠:Wai 玉:Yuk 鳳:Fung 月:Yuet 寶:Po 潔:Kit 心:Sum 芷:Tsz 卓:Cheuk 樂:Lok 梓:Tsz",
];

/// Second characters of Hong Kong given names: `traditional:Cantonese`; male, then female.
pub const CANTONESE_SECOND: [&str; 2] = [
    "明:Ming 豪:Ho 傑:Kit 強:Keung 文:Man 華:Wah 輝:Fai 軒:Hin 賢:Yin 樂:Lok 朗:Long 熙:Hei 謙:Him 霖:Lam
     康:Hong 基:Kei 雄:Hung 榮:Wing 生:Sang 光:Kwong 成:Shing 良:Leung 健:Kin 鋒:Fung 龍:Lung 平:Ping 峰:Fung",
    "欣:Yan 儀:Yee 詩:Sze 玲:Ling 芬:Fan 珊:Shan 怡:Yi 敏:Man 雯:Man 君:Kwan 恩:Yan 晴:Ching 英:Ying 珍:Chun
     芳:Fong 霞:Ha 瑩:Ying 婷:Ting 盈:Ying 華:Wah 琪:Kei 瑤:Yiu 蓮:Lin 嫻:Han 琴:Kam 雲:Wan 蘭:Lan",
];

/// Uyghur and Kazakh given names: `Han:Latin`; male, then female. The second part is the father's name.
pub const UYGHUR_NAMES: [&str; 2] = [
    "买买提:Maimaiti 阿卜杜拉:Abudula 艾力:Aili 吐尔逊:Tuerxun 艾合买提:Aihemaiti 玉素甫:Yusufu 库尔班:Kuerban
     依明:Yiming 阿迪力:Adili 艾尔肯:Aierken 卡德尔:Kadeer 尼牙孜:Niyazi 毛力尼亚孜:Maoliniyazi 塔依尔:Tayier
     阿卜杜热合曼:Abudureheman 努尔买买提:Nuermaimaiti 热合曼:Reheman 木合塔尔:Muhetaer 亚森:Yasen 帕尔哈提:Paerhati",
    "阿依古丽:Ayiguli 古丽娜尔:Gulinaer 热依汗古丽:Reyihanguli 帕提古丽:Patiguli 阿孜古丽:Aziguli 再娜甫:Zainafu
     迪丽努尔:Dilinuer 麦尔耶姆:Maieryemu 古丽巴哈尔:Gulibahaer 祖丽菲亚:Zulifeiya 努尔比亚:Nuerbiya 阿米娜:Amina",
];

/// Tibetan names, which have no surname: `Han:Latin`; two of them make a full name.
pub const TIBETAN_NAMES: [&str; 2] = [
    "扎西:Zhaxi 次仁:Ciren 旦增:Danzeng 多吉:Duoji 格桑:Gesang 洛桑:Luosang 平措:Pingcuo 尼玛:Nima 巴桑:Basang
     边巴:Bianba 普布:Pubu 罗布:Luobu 顿珠:Dunzhu 索朗:Suolang 强巴:Qiangba",
    "卓玛:Zhuoma 央金:Yangjin 白玛:Baima 德吉:Deji 拉姆:Lamu 曲珍:Quzhen 仓决:Cangjue 卓嘎:Zhuoga 次仁:Ciren
     尼玛:Nima 达瓦:Dawa 米玛:Mima 格桑:Gesang 旺姆:Wangmu",
];

/// One sex in one era: single-character names, first and second characters, frequent full given names.
pub struct GivenTable {
    /// One-character given names, most frequent first.
    pub singles: &'static str,
    /// First characters of two-character given names, most frequent first.
    pub firsts: &'static str,
    /// Second characters, most frequent first.
    pub seconds: &'static str,
    /// Frequent two-character given names, most frequent first.
    pub popular: &'static str,
    /// Share of one-character given names in 1/10,000.
    pub single_share: u32,
}

/// Given names by era (born before 1965, 1965–1979, 1980–1994, later) and sex (male, female).
pub const GIVEN: [[GivenTable; 2]; 4] = [
    [
        GivenTable {
            singles: "明平军华刚强忠勇斌武毅伟健林峰杰涛辉波东云泉义诚",
            firsts: "建国志文德玉永春福金长世明树广庆宝正光天克振兴学家云万成俊华忠仁义士富贵清景传守兆怀绍维继承安恒少根水殿耀启占同",
            seconds: "国华明德义林生山成福海祥荣贵才发全民忠清田江昌宝财喜和平安武文斌元亮良顺章龙军南友法余利信堂升泉柱善礼堂厚",
            popular: "建国 建华 志明 国强 建军 建平 志强 国华 文华 玉林 春生 德明 永福 长江 金山 国平 建民 福生 光明 学文 庆国 爱国 卫东 援朝 解放 跃进 卫国 红军",
            single_share: 1500,
        },
        GivenTable {
            singles: "英华兰敏芳红萍玲霞琴芬梅丽燕娟艳洁珍静云",
            firsts: "秀桂玉淑凤春兰金素美月翠惠爱彩银丽文慧雪香瑞巧菊贵莲云珍书宝志明清润喜庆改引腊",
            seconds: "英兰珍芳华梅荣花香琴云莲霞芝娥凤贞清娟玲萍仙菊珠敏秋芬红勤青琼珊芹媛娣妹桃翠",
            popular: "秀英 桂英 秀兰 玉兰 桂兰 秀珍 凤英 玉珍 玉英 淑珍 淑英 玉梅 桂芳 秀芳 丽华 惠芳 凤兰 春梅 秀梅 爱华 美兰 月英 素珍 金凤",
            single_share: 1400,
        },
    ],
    [
        GivenTable {
            singles: "伟军勇强刚涛斌明辉波平杰峰鹏磊超林建宁俊毅东健飞海旭亮华彬锋洪松宏凯雷",
            firsts: "建志文海国晓永卫红小东春玉新立金少伟俊宏爱庆树长明学成军光华振云世旭向继宝利清德忠家跃冬亚锦培敬作其",
            seconds: "军伟明华强平东峰国林波生辉勇刚民杰斌海涛龙文利庆祥飞宁洪江兵新荣春良全成武毅忠松顺鹏彪安宾才奎臣岭选",
            popular: "建军 建国 志强 建华 建平 海涛 志刚 国强 晓东 志勇 卫东 文斌 海军 立新 红卫 小军 志伟 建伟 永强 国庆 春雷 晓明 建明 俊杰 国栋 爱军",
            single_share: 2800,
        },
        GivenTable {
            singles: "丽芳敏静艳娟霞玲燕红英梅萍莉琴洁颖华慧琳蓉洋娜倩莹君虹勤",
            firsts: "丽秀红海晓玉春小艳文爱淑亚美桂凤慧雪金素惠冬燕云建翠彩月雅卫志琳立瑞会俊",
            seconds: "红丽霞芳英华梅玲萍艳敏娟燕琴云荣莉芬兰静杰珍平香慧君凤蓉清莲青颖波英秋宁辉莹茹苹岚",
            popular: "丽华 秀英 海燕 丽娟 晓燕 春梅 艳红 小红 丽萍 红梅 玉梅 秀丽 丽君 晓红 淑芳 海霞 春燕 晓梅 红霞 丽娜 爱华 桂芳 亚丽 艳芳 雪梅 慧敏 美玲",
            single_share: 2700,
        },
    ],
    [
        GivenTable {
            singles: "伟磊超鹏涛杰强浩凯俊军勇鑫斌亮飞辉波宇阳帅龙明旭健博洋刚晨威峰毅琦彬坤锐冲川岩翔",
            firsts: "志文海晓俊建鹏国小亚明永少振伟旭春宏立雪冠家嘉天宇浩世新东云思一学成泽龙子宗金凯佳兴彦绍祖展",
            seconds: "伟杰超鹏涛强辉龙磊飞峰明波东勇斌军亮宇阳刚林凯华健洋文平鑫祥旺松宾博帅彬航威锋海琦庆坤成毅晨岩雄才",
            popular: "俊杰 志强 志伟 海涛 晓东 志鹏 文斌 海龙 文杰 建伟 小龙 俊峰 国栋 亚军 明明 旭东 小波 家豪 少华 振宇 雪峰 天宇 志勇 鹏飞 宏伟 伟强",
            single_share: 3200,
        },
        GivenTable {
            singles: "静丽娟艳敏婷燕芳娜倩洁颖玲丹慧霞莉雪琳莹璐晶佳萍蕾琴瑶洋菲薇媛蓉楠甜",
            firsts: "晓丽雪艳小海婷文慧佳春玉静亚红思梦雅秀美倩莉冬燕琳嘉淑欣彩诗颖金晶立月瑞璐芳娟云萌",
            seconds: "丽婷艳娟静敏燕红霞洁玲娜莉颖梅芳倩萍英琳慧雪君华丹莹佳云蓉琴洋琪媛玉晶妮梦欣薇璐茹瑶媚怡",
            popular: "晓燕 婷婷 丽娜 丽丽 海燕 雪梅 艳丽 晓丽 丹丹 静静 春燕 慧敏 倩倩 娜娜 莉莉 小燕 雅婷 思思 晶晶 丽娟 晓梅 佳佳 文静 嘉欣 雪莹 诗雅 玉洁",
            single_share: 3100,
        },
    ],
    [
        GivenTable {
            singles: "浩鑫杰磊宇帅涛阳鹏超凯旭博俊晨洋龙飞睿哲昊轩琦航毅杨翔瑞骏",
            firsts: "子浩宇俊嘉家天文志梓泽一思晨明博鑫奕昊佳皓铭睿雨旭逸煜景承柏锦瑞凯星振海鸿启书向楚",
            seconds: "轩涵杰豪然宇泽博鑫睿翔文阳辰昊航瑞辉恒浩源龙铭林鹏凯洋霖皓淇韬昕晨旭烨桐熙骏麟翰哲毅彬宸逸",
            popular: "浩然 子轩 宇轩 浩宇 俊杰 子豪 家豪 嘉豪 子涵 浩轩 俊豪 天宇 文博 宇航 志豪 博文 子杰 梓轩 宇泽 铭轩 一鸣 家乐 嘉俊 明轩 泽宇 俊熙",
            single_share: 1600,
        },
        GivenTable {
            singles: "婷静倩颖悦雪怡琪欣洁慧佳瑶敏玥雯菲莹琳蕾璇妍楠璐娜薇萱",
            firsts: "子梓欣雨思佳诗嘉雅梦紫怡晓可一语若静文心婉艺颖婧悦芷奕依慧馨玥琪沐昕雪钰柔晨书锦",
            seconds: "涵怡彤琪萱欣妍婷颖悦雯瑶雪诺洁瑜晴璇婕静馨茹宁琳琦慧雅菲祺蕊玲薇菡媛娜佳萌莹梦然汐",
            popular: "欣怡 子涵 梓涵 诗涵 雨涵 佳怡 思琪 雨桐 可欣 佳琪 思雨 欣妍 梦琪 雨欣 诗琪 紫涵 嘉怡 雅琪 子萱 静怡 一诺 若曦 语嫣 雨萱 心怡 梦瑶 佳慧 婧怡",
            single_share: 1400,
        },
    ],
];

/// Seldom characters of given names for either sex; they stand in one name of about twenty-five.
pub const RARE_GIVEN: &str = "崴峻嵘彪彻征律恺恩惟愉懿攀敬昀昱晗晖晟暄曙朔杭枫柯栋楷榕槿樱歌沁沛泓泰洲津浦淼淳渊湘溪滢潇澄澜瀚灿炜炎烁焕煊熠牧玖珂珊珺琛琨瑾璟瓒甄畅皎睦砚硕祎禹秉稷竞笑筠箫纯绮缘翊翎聪肇舒艾芃芊芮苒苗茜荷莎菁蓓蓝蔓蕙薪虎蝶衡裕赫越辛远迪迎邦郁钊钧铎锴镇阔隽霄霆韵颂颜飒驰骁鸣麒黎堃喆玮珉琰瑛璋";

/// English first names (male, female), most frequent first.
pub const ENGLISH_FIRST: [&str; 2] = [
    "James John Robert Michael William David Richard Joseph Thomas Christopher Daniel Matthew Anthony Mark Steven
     Paul Andrew Joshua Kenneth Kevin Brian George Timothy Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan
     Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Tyler Aaron
     Henry Adam Peter Nathan Douglas Zachary Kyle Walter Hans François José Lars Pierre Marco Sergei Lukas Oliver Simon",
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley
     Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy
     Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Rachel Carolyn Janet Catherine
     Maria Heather Diane Olivia Julie Joyce Victoria Ruth Chloé Claire Sofia Ingrid María Anne-Marie Isabelle Hannah",
];

/// Western surnames, most frequent first.
pub const WESTERN_LAST: &str = "
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young
Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts
Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Reed Bailey Bell
Kelly Howard Ward Cox Richardson Watson Brooks Wood James Bennett Gray Hughes Price Myers Long Foster Sanders Ross
Morales Powell Sullivan Russell Ortiz Jenkins Perry Butler Barnes Fisher Müller Schmidt Schneider Weber Wagner O'Brien
O'Connor McDonald Dubois Lefèvre Rossi Bianchi García Nuñez Jensen Larsen Andersson Ivanov Petrov Kowalski Nowak
Van_der_Berg De_la_Cruz Tanaka Suzuki Kim Park MacLeod Fitzgerald Hoffmann Bergström
";

/// Nicknames people give themselves in WeChat; `{}` stands for a character of the given name.
pub const NICKNAMES: &str = "
一米阳光 平安是福 悠然自得 云淡风轻 静待花开 随风 岁月静好 海阔天空 一路向北 知足常乐 简单生活 花开富贵 心想事成 宁静致远 上善若水
蓝天白云 快乐每一天 向日葵 小草 天道酬勤 往事随风 雨后彩虹 似水流年 大海 沉默是金 夏天的风 自由飞翔 小幸运 独角戏 追梦人 缘分 微笑
Sunny Forever Momo Lucky 小太阳 橙子 西瓜 奶茶 星空 晚风 初心 清风 明月 雪儿 茉莉 豆豆妈 乐乐爸 妞妞妈 小宝妈妈 浩浩爸爸 暖暖 可乐
小{} 阿{} 小{} 阿{} {}{} {}哥 {}姐 {}宝 {}儿 老{} 大{} {}子 🌸小{}🌸 {}～ ☆{}☆ {}🍀 AAA建材批发 AA二手车 A保险顾问 AAA装修 A房产中介
";
