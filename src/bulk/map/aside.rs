//! Headers of columns that are no evidence of who the customer is: other people's data, shops, levels, amounts, days.
//!
//! Such a column stays unmapped whatever its content looks like. A guide's name or an emergency contact's telephone taken for
//! the customer's would join customers who have nothing in common but that.

use super::headers::{Words, key};

/// Why a column is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Somebody else's: the guide's, the referrer's, the legal representative's.
    SomebodyElse,
    /// A shop's or branch's.
    Shop,
    /// A level, position, state or other vocabulary.
    Category,
    /// An amount, count or measure.
    Amount,
    /// A day or time of something that happened.
    Moment,
    /// Remarks.
    Remark,
}

impl Aside {
    /// What the draft says of such a column.
    pub fn reason(self) -> &'static str {
        match self {
            Self::SomebodyElse => "the header says somebody else, not the customer",
            Self::Shop => "the header says a shop or branch, not the customer",
            Self::Category => "the header says a level, class or state, which many customers share",
            Self::Amount => "the header says an amount or count",
            Self::Moment => "the header says when something happened",
            Self::Remark => "the header says remarks",
        }
    }
}

/// Reads whether a header, which no synonym is, says something that is no evidence of who the customer is.
pub fn read(header: &str) -> Option<Aside> {
    let words = Words::of(header);
    let found = |list: &str, fits: &dyn Fn(&str) -> bool| list.split_whitespace().any(fits);
    let somewhere = |phrase: &str| words.has(&key(phrase));
    let at_end = |phrase: &str| words.ends_with(&key(phrase));
    if found(OTHERS, &somewhere) {
        return Some(Aside::SomebodyElse);
    }
    if found(SHOPS, &somewhere) {
        return Some(Aside::Shop);
    }
    if found(CATEGORIES, &at_end) {
        return Some(Aside::Category);
    }
    if found(BIRTHS, &|word| words.key.contains(&key(word))) {
        return None;
    }
    // Behind the categories: 日期 and 金额 stand at the end of what they name.
    let ends = [(AMOUNTS, Aside::Amount), (MOMENTS, Aside::Moment), (REMARKS, Aside::Remark)];
    ends.into_iter().find(|(list, _)| found(list, &at_end)).map(|(_, aside)| aside)
}

/// People beside the customer, anywhere in a header; Latin words stand between word borders.
const OTHERS: &str = "\
    紧急联系 紧急电话 应急联系 推荐人 推荐者 被推荐人 介绍人 引荐人 邀请人 转介绍 上级 下级 导购 店员 店长 导游 法人 法定代表 代表人 负责人 \
    监护人 配偶 父亲 母亲 父母 爸爸 妈妈 家长 爱人 丈夫 妻子 子女 孩子 亲属 家属 经办人 担保人 保证人 共借人 共同借款人 代办人 代理人 受托人 受益人 \
    创建人 创建者 建档人 录入人 录入员 操作人 操作员 修改人 更新人 审核人 审批人 跟进人 接待人 接待员 服务人员 服务员 服务专员 顾问 客户经理 \
    理财经理 业务员 业务经理 营业员 销售人 销售员 销售顾问 销售姓名 销售代表 销售经理 销售电话 归属人 归属员工 所属员工 服务员工 跟进员工 柜员 收银员 快递员 配送员 骑手 司机 客服 技师 美容师 发型师 \
    主治医 医生 护士 教练 班主任 老师 教师 发件人 寄件人 发货人 团长 分销员 推广员 推广人 维护人 管户 采集人 调查员 经纪人 中介 \
    緊急聯絡 推薦人 介紹人 負責人 監護人 業務員 客服人員 建檔人 經紀人 承辦人 \
    緊急連絡先 紹介者 保護者 代表者 代表取締役 担当者 担当 営業担当 作成者 更新者 保証人 配偶者 世帯主 家族 \
    긴급연락처 비상연락처 비상연락망 추천인 보호자 배우자 대표자 대표이사 대표명 담당자 담당 등록자 작성자 수정자 보증인 학부모 \
    emergency_contact emergency_phone emergency_name in_case_of_emergency next_of_kin kin referrer referred_by referral \
    referee recommender introduced_by introducer guardian parent father mother spouse husband wife partner child children \
    dependent legal_representative legal_rep legal_person representative sales_rep salesrep sales_person salesperson salesman \
    sales_agent account_owner account_manager account_executive owner agent broker advisor adviser consultant manager \
    supervisor reports_to staff assistant assigned_to assignee handled_by created_by creator modified_by updated_by changed_by entered_by \
    approved_by reviewed_by owned_by operator cashier technician therapist doctor physician teacher coach driver courier sender \
    guarantor cosigner beneficiary sponsor csr \
    Notfallkontakt Notfall Ansprechpartner Betreuer Kundenberater Berater Sachbearbeiter Verkäufer Vertreter Vertriebsmitarbeiter \
    Geschäftsführer Inhaber Ehepartner Ehegatte Vormund Erziehungsberechtigter Empfohlen_von Werber Erstellt_von Geändert_von \
    Bearbeiter Mutter Vater Eltern \
    contact_d'urgence personne_à_contacter parrain conseiller commercial vendeur gérant représentant_légal tuteur conjoint créé_par \
    modifié_par contacto_de_emergencia vendedor asesor representante_legal tutor cónyuge padre madre creado_por modificado_por \
    recomendado_por referido_por";

/// Shops and branches, whose name, telephone and address are not the customer's.
const SHOPS: &str = "\
    门店 店铺 分店 校区 营业部 网点 专柜 支行 分行 开户行 开户银行 所属机构 卖家 店舗 支店 매장 지점 store shop branch outlet \
    seller Filiale Geschäft magasin agence tienda sucursal";

/// Vocabularies that a few values make up, at the end of a header.
const CATEGORIES: &str = "\
    等级 级别 层级 星级 会籍 卡类型 卡种 卡级别 职务 职位 岗位 职称 职级 部门 科室 部门名称 品牌 品类 类型 类别 分类 种类 状态 籍贯 祖籍 民族 国籍 学历 \
    婚姻 婚姻状况 婚否 星座 生肖 血型 政治面貌 宗教 行业 产品 产品名称 商品 商品名称 套餐 项目 分组 群组 班级 年级 专业 学校 车型 车系 颜色 尺码 语言 大区 \
    区域 片区 商圈 方式 用途 是否会员 称号 用户名 登录名 会员名 原因 结果 阶段 意向 偏好 爱好 单位性质 企业性质 来源 渠道 平台 \
    等級 役職 部署 部署名 職位 職稱 部門 会員ランク ランク 区分 種別 状態 学歴 血液型 国籍 業種 등급 직급 직책 직위 부서 부서명 상태 유형 구분 분류 \
    level tier grade rank position job_title job role department dept division team status stage type category class segment \
    group brand product item plan package industry sector nationality ethnicity race religion education marital_status marital \
    language locale timezone time_zone territory sales_region business_unit user_name login login_name subscription reason rating \
    priority flag preference interest school university major color size model place_of_birth \
    Status Rang Stufe Abteilung Beruf Branche Familienstand Staatsangehörigkeit Kategorie Typ Gruppe Funktion \
    Niveau Statut Catégorie Fonction Service Poste Nationalité Situation_familiale Nivel Categoría Cargo Puesto Departamento \
    Nacionalidad Estado_civil";

/// Days of birth, which end as other days do.
const BIRTHS: &str = "birth dob 出生 生日 诞生 生年 Geburt naissance nacimiento nascita nascimento рождения 생년 생일";

/// Amounts, counts and measures, at the end of a header.
const AMOUNTS: &str = "\
    金额 消费 消费额 总额 额 余额 积分 成长值 次数 数量 件数 人数 单价 价格 价 额度 收入 年收入 月收入 工资 薪资 年薪 年龄 岁 资本 费 费用 运费 客单价 折扣 \
    折扣率 比例 占比 率 得分 评分 分数 身高 体重 面积 里程 天数 时长 金額 合計 売上 ポイント 回数 年齢 単価 個数 금액 합계 포인트 횟수 나이 연령 수량 가격 \
    amount total subtotal sum price balance points score quantity qty count orders visits spent spend spending revenue sales income \
    salary wage age cost fee discount rate ratio percent percentage ltv value lifetime_value limit height weight mileage days \
    Betrag Umsatz Summe Preis Anzahl Menge Punkte Saldo Alter montant prix quantité solde âge importe precio cantidad saldo edad";

/// Moments, at the end of a header.
const MOMENTS: &str = "\
    时间 日期 时刻 年月 月份 年份 有效期 到期日 期限 最近消费 最后消费 入会日 注册日 日時 日付 登録日 入会日 年月日 日 \
    일자 일시 날짜 등록일 가입일 date time datetime timestamp created_at created_on registered_at deleted_at last_login last_seen \
    last_visit joined signup since expiry expires expiration year month day Datum Uhrzeit Zeitpunkt Zeit date_de_création fecha hora";

/// Remarks, at the end of a header.
const REMARKS: &str = "\
    备注 说明 描述 评论 留言 摘要 评价 反馈 内容 诉求 简介 签名 備考 メモ コメント 비고 메모 remark remarks note notes comment comments \
    description memo message feedback text bio Bemerkung Bemerkungen Notiz Notizen Kommentar remarque remarques commentaire \
    commentaires observaciones notas comentario comentarios";
