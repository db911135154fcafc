//! The Han characters the synthetic world uses: their readings, their traditional forms and the characters
//! they are mistaken for. Written by a script (readings from PyPI `pypinyin`, MIT; traditional forms from PyPI
//! `opencc-python-reimplemented`, Apache-2.0; both put right by hand for names), then kept by hand.

/// Readings: a toned syllable (`v` for ü) and the characters read so. One reading a character.
pub const READINGS: &str = "
a1阿 ai4嫒爱艾 an1安鞍 an4岸 ao2敖 ao4澳 ba1巴 ba4坝灞爸 bai2白 bai3柏百 ban3板 bang1邦 bao1包
bao2雹 bao3保宝 bao4鲍 bei1碑 bei3北 bei4备蓓贝 bi4必毕碧贲闭 bian1边 bian4卞汴 biao1彪
bin1宾彬斌滨 bing1兵 bing3秉 bo1波 bo2博搏薄 bu3卜 bu4不埗布部 cai2才材财 cai3彩采 cai4菜蔡 can1餐
can4灿 cang1仓沧 cang2藏 cao2曹槽 cao3草 cen2岑 cha2茶 chai2柴 chan2禅 chan3产 chang1昌
chang2尝常长 chang3场 chang4畅 chao1超 chao2嘲巢朝潮 che1车 che4彻 chen1琛 chen2宸晨沉臣谌辰陈
cheng2城成承橙澄程诚 chi2池迟驰 chong1充冲舂 chong2崇重 chou2酬 chu1初 chu2除 chu3楚褚 chu4触
chuan1川 chuan2传 chuang4创 chun1春 chun2淳纯 ci2慈 ci4次 cong1聪 cui1催崔 cui4翠 cun1村 cuo4措
da2达 da4大 dai4代带待戴 dan1丹 dan4旦淡 dang1当 dang3党 dao1刀 dao3岛 dao4道 de2得德 de5的
deng1登 deng4邓 di2迪 di3邸 di4地娣递 dian3点 dian4店殿淀电 diao1刁 die2叠蝶 ding1丁叮 ding4定
dong1东冬 dong3懂董 dong4栋洞 dou4斗窦豆 du1都 du2独 du4度杜渡 duan1端 duan4断段 dun1敦 dun4顿
duo1多 duo2铎 e2娥鹅 en1恩 er2儿 er3尔 er4二 fa1发 fa3法 fan2樊 fan4范饭 fang1坊方芳 fang2房防
fang4放 fei1菲霏非飞 fei2肥 fei4费 fen1分芬 fen4份 feng1丰封峰枫锋风 feng2冯逢 feng4凤 fo2佛 fu1夫
fu2伏服涪福符罘芙 fu3府甫辅 fu4付副复富赋阜 ga1嘎 gai3改 gan1杆甘 gan4干赣 gang1冈刚钢 gang3岗港
gao1糕高 gao4告郜 ge1仡哥歌 ge2格葛阁 ge3盖 ge4个各 gen1根 geng3耿 gong1供公宫工龚 gong3巩拱
gong4贡 gou1沟 gou3苟 gou4购 gu1姑辜 gu3古股谷鼓 gu4故顾 gua1瓜 gua4挂 guan1关官观 guan3管 guan4冠
guang1光 guang3广 gui1瑰龟 gui4柜桂贵 guo1郭 guo2国 guo3果 ha1哈 hai3海 han2函含寒晗涵韩
han4汉瀚翰菡 hang2杭航 hao2毫豪 hao3好郝 hao4号昊浩皓 he2何合和河荷 he4贺赫鹤 hei1黑 hen3很
heng2恒横衡 hong2宏泓洪红虹鸿 hou2侯猴 hou4候厚后 hu1乎呼 hu2壶湖狐胡 hu3虎 hu4户 hua1花 hua2华
hua4化话 huai2怀槐淮 huan2环 huan4焕 huang2凰煌皇黄 hui1徽晖辉 hui2回 hui3悔 hui4会彗惠慧汇蕙
huo2活 huo4货霍 ji1基姬机稽 ji2吉集 ji3几己 ji4冀季技济稷纪继蓟觊计记际 jia1佳加嘉家 jia2荚
jia3假甲贾 jian1尖 jian3拣简 jian4健建见 jiang1姜将江疆 jiang3奖蒋 jiao1交娇焦骄 jiao3皎角
jiao4教滘窖 jie1揭皆街 jie2婕杰洁结 jie3姐解 jie4介界 jin1今津金 jin3槿瑾锦 jin4劲晋近进靳
jing1京晶经荆菁 jing3井景璟警 jing4净婧敬竞镜静 jiu3九玖酒 ju1居鞠 ju2菊 ju3咀 ju4具聚 juan1娟捐
jue2决 jun1军君钧 jun4俊峻珺隽骏 ka1喀 kai1开 kai3凯恺楷锴 kan1刊 kang1康 ke1柯珂科 ke3可 ke4克客
kong1空 kong3孔恐 kou3口 kuai4快 kuan1宽 kuang1匡 kui2奎葵 kun1坤堃昆琨 kun4困 kuo4阔 la1拉 la4腊
lai2来莱 lai4赖 lan2兰岚澜蓝 lang2郎 lang3朗 lao2劳 lao3佬老 le4乐 lei2雷 lei3磊蕾 leng3冷 li2离黎
li3李理礼里鲤 li4丽利力历吏坜栗立荔莉 lian2廉联莲连 lian4练链 liang2凉梁粮粱良 liang4亮 liao2疗辽
liao3了 liao4廖料 lin2临林淋琳霖麟 ling2凌玲翎陵 ling3岭 ling4令另 liu2刘流留 liu3柳 long2隆龙
lou2娄楼 lu2卢庐炉芦 lu3鲁 lu4渌潞璐路陆鹿麓 luan2栾滦 lun2仑 luo2罗萝螺 luo4洛络骆 lv3吕旅
lv4律绿 ma1妈 ma3玛马 mai4麦 man4蔓 mao2毛矛 mao4冒贸 me5么 mei2媒梅没玫 mei3每美 mei4妹媚 men2门
meng2萌蒙 meng4孟梦 mi2弥糜 mi3米 mian2绵 miao2苗 miao3淼 miao4庙缪 min2民珉 min3敏闵
ming2名明铭鸣 mo4墨末茉莫默 mu3姆牡 mu4慕木沐牟牧目睦穆 na2拿 na4娜 nai3奶 nan2南楠男 nei4内
neng2能 ni1妮 ni2倪尼 nian2年 niao3鸟 nie4聂 ning2宁 niu1妞 niu2牛 nong2农 nuan3暖 nuo4诺 nv3女
ou1欧瓯 pan1攀潘番 pan2盘 pan4畔 pei2培裴 pei4佩沛 peng2彭朋棚芃鹏 pi1批披邳 pin3品 ping2坪平苹萍
po1坡 pu3埔普浦谱 qi1七戚期 qi2其奇旗棋淇琦琪祁祺颀麒齐 qi3启绮起 qi4器气汽 qian1千芊谦 qian2前钱
qian4倩茜 qiang2强 qiao2乔桥硚 qiao3巧 qin1亲 qin2勤琴秦芹覃 qin4沁 qing1清轻青 qing2情晴 qing4庆
qiong2琼 qiu1丘秋邱 qiu2仇 qu1区屈曲 qu2瞿 qu4去 quan2全泉荃 que4雀 ran2然 ran3冉苒 rao2饶 rao3扰
ren2人仁任 ren4认 ri4日 rong2容嵘榕荣蓉融 rou2柔 ru2如茹 ru4入 ruan3阮 rui3蕊 rui4瑞睿芮锐 run4润
ruo4若 sa4萨飒 san1三 sang1桑 se4色 seng1僧 sha1沙莎 shan1山杉珊 shan3陕 shan4单善汕 shang1商
shang4上 shao2韶 shao4少绍邵 she2佘 she4社设 shen1伸深申 shen3审沈 sheng1升声生 sheng3省
sheng4圣晟盛胜 shi1师施诗 shi2什十实时石食 shi3史 shi4世事仕似士室市是氏饰 shou1收 shou3守手
shou4受寿 shu1书叔殊淑舒输 shu3曙蜀 shu4墅术树沭 shuai1衰 shuai4帅 shuang1双 shui3水 shun4顺
shuo1说 shuo4朔烁硕 si1司思 si4四 song1松 song4宋送颂 su1苏酥 su4素肃 sui2隋随 sui4岁 sun1孙
suo3索 tai2台 tai4太泰 tan2坛潭谈谭 tang1汤 tang2唐堂塘棠糖 tao1涛韬 tao2桃淘陶 te4特 teng2滕腾
ti3体 tian1天 tian2填甜田 tie3铁 ting2亭停婷庭廷霆 tong1通 tong2佟同彤桐童铜 tou2头投 tu2图屠徒涂
tu3土 tuan2团 tui4退 tun2屯 tuo2陀 wa3瓦 wai4外 wan1湾 wan3婉宛晚 wan4万 wang1汪 wang2王 wang3往网
wang4忘旺望 wei1威崴巍微薇 wei2围惟潍维韦 wei3伟伪炜玮纬 wei4位卫尉未魏 wen1温 wen2文闻雯 wen4问
weng1翁 wo4卧 wu1乌巫邬 wu2吴吾无梧芜 wu3五伍午武 wu4务勿婺戊物 xi1奚息曦汐溪熙西锡 xi2习席 xi3喜
xi4戏 xia2霞 xia4下厦夏 xian1仙 xian2咸娴弦衔贤 xian3冼险 xian4县线限 xiang1乡湘相襄香
xiang2祥翔详 xiang3想 xiang4像向项 xiao1潇箫肖萧霄骁 xiao3小晓 xiao4孝笑 xie2谐 xie3写 xie4械榭谢
xin1心新昕欣歆薪辛鑫馨 xin4信 xing1兴星 xing2型形行邢 xing4幸性 xiong2熊雄 xiu1休修 xiu4秀绣
xu1胥虚 xu2徐 xu3许 xu4旭绪续 xuan1宣暄煊萱轩 xuan2旋玄璇 xuan3选 xue1薛 xue2学 xue3雪 xun2询
ya3雅 ya4亚 yan1嫣烟鄢 yan2严妍岩延沿炎盐研言闫颜 yan3琰 yan4厌彦晏燕砚艳雁 yang1央
yang2扬昜杨洋羊阳 yang4样 yao2姚瑶遥 yao4耀要 ye4业叶烨邺页 yi1一伊依医祎衣 yi2仪宜彝怡沂 yi3已椅
yi4义亿奕意懿易毅熠翊艺谊逸邑驿 yin1殷荫阴 yin2银 yin3尹引饮 yin4印 ying1应樱瑛英
ying2滢盈莹萤营迎 ying3颍颖 yong3勇咏永 you1优悠 you2尤游由 you3友有 you4又右
yu2于余俞愉榆渔渝瑜盂禺虞鱼 yu3宇禹语雨 yu4喻寓御昱煜玉育裕郁钰 yuan1渊 yuan2元原园圆援源缘袁
yuan3远 yuan4媛苑院 yue1曰 yue4岳悦月玥越跃 yun2云昀筠 yun4运韵 zai3仔 zan4暂瓒 zang1臧 ze2泽责
zeng1增曾 zha1扎查渣 zhai2翟 zhai4债 zhan1詹 zhan3展斩 zhan4占站 zhang1张彰樟璋章 zhao1钊 zhao2着
zhao4兆照肇赵 zhe2哲喆 zhe4浙 zhen1珍甄真贞针 zhen3诊 zhen4圳振镇阵 zheng1征蒸 zheng4政正郑
zhi1之枝知芝 zhi2植职 zhi3沚芷 zhi4志智治至致 zhong1中忠终钟 zhong3种 zhong4仲 zhou1周州洲舟
zhu1朱株珠诸 zhu2竹竺 zhu3主 zhu4住柱祝筑 zhuan3转 zhuang1庄装 zhuang4壮 zhui1追 zhuo2卓 zi1咨资
zi3子梓紫 zi4字自 zong1宗 zou1邹 zu2族足 zu3祖 zun1遵 zuo3佐左 zuo4作
";

/// Simplified characters with their traditional form, as names and addresses use it.
pub const TRADITIONAL: &str = "
万萬 业業 东東 严嚴 个個 丰豐 临臨 丽麗 么麼 义義 乌烏 乐樂 乔喬 习習 乡鄉 书書 云雲 亚亞 产產
亲親 亿億 仑侖 仓倉 仪儀 优優 会會 伟偉 传傳 伪僞 体體 债債 儿兒 党黨 兰蘭 关關 兴興 内內 冈岡
写寫 军軍 农農 冯馮 冲沖 决決 净淨 凉涼 凤鳳 凯凱 刘劉 刚剛 创創 务務 劲勁 劳勞 区區 医醫 华華
单單 卢盧 卧臥 卫衛 历歷 厌厭 厦廈 县縣 双雙 发發 叠疊 叶葉 号號 吕呂 启啟 吴吳 咏詠 咨諮 咸鹹
团團 园園 围圍 国國 图圖 圆圓 圣聖 场場 坛壇 坜壢 坝壩 壮壯 声聲 壶壺 备備 复復 头頭 奖獎 妈媽
娄婁 娇嬌 娴嫻 嫒嬡 孙孫 学學 宁寧 宝寶 实實 审審 宫宮 宽寬 宾賓 寿壽 将將 尔爾 尝嘗 岁歲 岗崗
岚嵐 岛島 岭嶺 嵘嶸 巩鞏 帅帥 师師 带帶 广廣 庄莊 庆慶 庐廬 应應 庙廟 开開 张張 弥彌 强強 当當
彦彥 彻徹 怀懷 恒恆 恺愷 悦悅 戏戲 户戶 扬揚 扰擾 拣揀 挂掛 斩斬 断斷 无無 时時 晋晉 晓曉 晖暉
暂暫 术術 机機 来來 杨楊 杰傑 枫楓 柜櫃 栋棟 树樹 样樣 栾欒 桥橋 梦夢 楼樓 横橫 樱櫻 欧歐 毕畢
气氣 汇匯 汉漢 汤湯 沟溝 没沒 沧滄 泽澤 洁潔 济濟 涛濤 润潤 淀澱 渊淵 渌淥 渔漁 温溫 湾灣 滢瀅
滦灤 滨濱 潇瀟 潍濰 澜瀾 灿燦 炉爐 炜煒 点點 烁爍 烟煙 烨燁 焕煥 爱愛 独獨 玛瑪 玮瑋 环環 琼瓊
瑶瑤 瓒瓚 瓯甌 电電 畅暢 疗療 盐鹽 盖蓋 盘盤 砚硯 硕碩 硚礄 礼禮 祎禕 禅禪 离離 种種 窦竇 竞競
筑築 简簡 箫簫 粮糧 红紅 纪紀 纬緯 纯純 线線 练練 终終 绍紹 经經 结結 络絡 绣繡 继繼 绪緒 续續
绮綺 维維 绵綿 绿綠 缘緣 缪繆 网網 罗羅 聂聶 职職 联聯 聪聰 肃肅 胜勝 腊臘 腾騰 艳豔 艺藝 芜蕪
芦蘆 苏蘇 苹蘋 荆荊 荚莢 荣榮 荫蔭 莱萊 莲蓮 莹瑩 萝蘿 萤螢 营營 萧蕭 萨薩 蒋蔣 蓝藍 蓟薊 虚虛
衔銜 装裝 见見 观觀 觊覬 触觸 计計 认認 记記 许許 设設 诊診 诗詩 诚誠 话話 询詢 详詳 语語 说說
诸諸 诺諾 谈談 谊誼 谌諶 谐諧 谢謝 谦謙 谭譚 谱譜 贝貝 贞貞 贡貢 财財 责責 贤賢 货貨 购購 贲賁
贵貴 贸貿 费費 贺賀 贾賈 资資 赋賦 赖賴 赣贛 赵趙 跃躍 车車 轩軒 转轉 轻輕 辅輔 辉輝 输輸 边邊
辽遼 达達 运運 进進 远遠 连連 迟遲 选選 递遞 遥遙 邓鄧 邬鄔 邹鄒 邺鄴 郑鄭 针針 钊釗 钟鍾 钢鋼
钧鈞 钰鈺 钱錢 铁鐵 铎鐸 铜銅 铭銘 银銀 链鏈 锋鋒 锐銳 锡錫 锦錦 锴鍇 镇鎮 镜鏡 长長 门門 闫閆
闭閉 问問 闵閔 闻聞 阁閣 阔闊 阳陽 阴陰 阵陣 际際 陆陸 陈陳 陕陝 险險 随隨 隽雋 静靜 韦韋 韩韓
韬韜 韵韻 页頁 项項 顺順 顾顧 顿頓 颀頎 颂頌 颍潁 颖穎 颜顏 风風 飒颯 飞飛 饭飯 饮飲 饰飾 饶饒
马馬 驰馳 驿驛 骁驍 骄驕 骆駱 骏駿 鱼魚 鲁魯 鲍鮑 鲤鯉 鸟鳥 鸣鳴 鸿鴻 鹅鵝 鹏鵬 鹤鶴 麦麥 黄黃
齐齊 龙龍 龚龔 龟龜
";

/// Pairs of characters that are taken for each other by the eye or by a scanner.
pub const LOOK_ALIKES: &str = "
己已 末未 玉王 日曰 士土 大太 天夫 入人 儿几 刀力 干千 于干 甲申 由田 白自 目日 见贝 今令 牛午
住往 候侯 李季 扬杨 阵陈 材林 纬伟 芬芳 静净 洋详 娟捐 朋明 乎平 钢刚 挂桂 荚英 健建 苹萍 江红
红虹 歆欣 淋琳 情倩 洁浩 停婷 利莉 颖颍 宇字 晨辰 晖辉 志忘 思恩 悦说 梓样 轩杆 怡治 佳住 遥瑶
棋琪 研妍 峻俊 锋峰 斌武 杉彬 成戊 永水 国围 祥样 诊珍 荣劳 凤风 香番 云去 舂春 海悔 江汪 龙尤
虎虚 文又 清情 亲新 阳阴 亮毫 东车 良食 生主 友发 昌冒 除徐 涂徐 湖胡 未朱 河何 沐林 邓郑 粱梁
箫萧 余佘 牡杜 沉沈 仕任 钟种 姜美 潭谭 全金 右石 万方 熊能 盂孟 泰秦 尹伊 马乌 冯马 许汴 吕昌
史吏 崔雀 贾贲 卢芦 姚桃 付什 田甲 董重 袁衰 曹曾 邱印 侯猴 段断 雷蕾 贺货 毛手 顾颀 邵韶 钱线
汤杨 高亭 宋宁 周同 孙孔 郭部 罗岁 唐康 韩朝 丁了 军车 勇男 杰点 波披 丽雨 艳色 敏每 玲珍 燕蒸
梅海 慧彗 秀季 兰三 超起 磊石 涛寿 强弦 伟伪 斌赋 刚网 鹏朋 飞气 凯觊 帅师 鑫金 旭九 博搏
龙龟 坤申 琦椅 晶品 雪雷 蓉容 媛嫒 倩债 璐路 莹萤 雯受 薇微 紫素 涵函 萱宣 诗待 语话 馨声 宣宜
汇江 区医 县具 路洛 街衔 号另 栋拣 园圆 花化 湖潮 滨宾 滘窖 解触 放防 民氏 设没 新斩 胜性 利刊
团困 结洁 朝嘲 延廷 安女 庆厌 省着 市布 州洲 城诚 乡多 镇填 村材 科料 技枝 限很 公么 司可 贸贺
易昜
";
