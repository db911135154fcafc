//! The words of headers in the languages of customer files. Each is written as people write it; the reader folds case, accents,
//! traditional characters and separators on both sides.

use super::aside;
use super::headers::Meaning::{self, Aside, Attribute, ObservedTime, Owner, RecordId, Source};
use crate::domain::record::{AttributeKind as K, Part};

/// Meanings and the names they go by, separated by blanks; `_` stands for a blank inside a name. The third member of an
/// attribute is the document format, or the label of an account.
pub const SYNONYMS: &[(Meaning, &str)] = &[
    (
        RecordId,
        "record_id row_id id customer_id client_id member_id user_id contact_id lead_id patient_id subscriber_id party_id \
         customer_number customer_no customer_code client_number client_no member_number member_no membership_number \
         membership_no membership_id account_number account_id loyalty_number uuid guid \
         编号 客户编号 客户号 客户id 客户编码 客户代码 会员号 会员编号 会员id 会员卡号 会员卡 会员编码 用户id 用户编号 用户号 顾客编号 顾客id \
         记录号 记录id 序号 流水号 主键 病历号 学号 患者编号 貴賓卡號 會員卡號 \
         顧客番号 顧客ID 顧客コード 会員番号 会員ID 得意先コード お客様番号 고객번호 고객ID 고객코드 회원번호 회원ID 회원아이디 \
         Kundennummer Kunden-Nr Kundennr Kunden-ID Mitgliedsnummer numéro_client n°_client id_client code_client \
         número_de_cliente id_cliente código_cliente código_de_cliente codice_cliente",
    ),
    (
        Source,
        "source data_source channel source_system lead_source 系统 来源 渠道 来源系统 数据来源 来源渠道 客户来源 会员来源",
    ),
    (
        ObservedTime,
        "updated_at update_time updated_time updated_on last_modified last_modified_date last_modified_time last_modified_at \
         modified_at modified_on modified_time modified_date date_modified last_updated last_update last_updated_at \
         update_date updated_date observed_time system_modstamp 更新时间 更新日期 修改时间 修改日期 最后更新 最后更新时间 \
         最近更新时间 最后修改时间 最后修改日期 更新于 更新日時 更新日 最終更新日 最終更新日時 수정일 수정일시 최종수정일 \
         Änderungsdatum geändert_am date_de_modification fecha_de_modificación",
    ),
    (
        Owner,
        "owner owner_id salesperson account_manager account_owner contact_owner lead_owner record_owner relationship_manager \
         客户经理 销售 销售员 销售人员 销售顾问 负责人 业务员 归属人 归属员工 所属员工 所属销售 跟进人 担当者 営業担当 営業担当者 담당자",
    ),
    // No names of persons, although 会员 and user stand before 名 and name.
    (Aside(aside::Aside::Category), "user_name login_name 用户名 登录名 会员名"),
    (
        Attribute(K::PersonName, Part::Full, ""),
        "name full_name name_full customer_name person_name contact_name display_name \
         姓名 名字 客户姓名 客户名称 客户名 联系人 联系人姓名 收件人 收货人 真实姓名 中文名 英文名 中文姓名 英文姓名 买家姓名 旅客姓名 \
         氏名 お名前 名前 ご氏名 お客様名 顧客名 氏名漢字 이름 성명 성함 고객명 회원명 \
         Nom_complet Nom_et_prénom Prénom_et_nom Nombre_completo Nombre_y_apellidos Vor-_und_Nachname vollständiger_Name \
         Nome_completo ФИО Nom Nombre Nome Kundenname",
    ),
    (Attribute(K::PersonName, Part::Full, "kana"), "フリガナ ふりがな カナ氏名 氏名カナ 氏名かな お名前カナ カナ"),
    (Attribute(K::PersonName, Part::Family, "kana"), "姓カナ セイ 姓フリガナ"),
    (Attribute(K::PersonName, Part::Given, "kana"), "名カナ メイ 名フリガナ"),
    (
        Attribute(K::PersonName, Part::Given, ""),
        "first_name given_name name_first forename fname 名 Vorname Prénom Prénoms nombre_de_pila primer_nombre Имя",
    ),
    (Attribute(K::PersonName, Part::Middle, ""), "middle_name middle_initial name_middle Отчество segundo_nombre"),
    (
        Attribute(K::PersonName, Part::Family, ""),
        "last_name surname family_name name_last lname 姓 姓氏 苗字 Nachname Familienname Zuname Nom_de_famille \
         Apellido Apellidos primer_apellido Cognome Sobrenome Фамилия",
    ),
    (
        Attribute(K::PersonName, Part::Prefix, ""),
        "name_prefix title salutation honorific 称谓 敬称 Anrede Titel Civilité Tratamiento",
    ),
    (Attribute(K::PersonName, Part::Suffix, ""), "name_suffix suffix"),
    (Attribute(K::PersonName, Part::Nickname, ""), "nickname nick_name 昵称 ニックネーム 별명 닉네임 微信昵称 微信名"),
    (
        Attribute(K::OrgName, Part::Full, ""),
        "name_org org_name organisation_name organization_name company_name legal_name \
         企业名称 机构名称 公司全称 企业全称 法人名称 法人单位 法人单位名称 商户名称 Firmenname Unternehmen Raison_sociale Razón_social Ragione_sociale \
         Dénomination_sociale Организация",
    ),
    (
        Attribute(K::Phone, Part::Full, ""),
        "phone phone_number phone_no telephone telephone_number tel tel_no mobile mobile_number mobile_no mobile_phone cell \
         cellphone cell_phone cell_number contact_number contact_no landline msisdn whatsapp \
         手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 座机 固话 固定电话 联络电话 行動電話 手機 手機號碼 市話 \
         電話番号 電話 お電話番号 携帯電話 携帯番号 携帯 携帯電話番号 전화 전화번호 휴대폰 휴대폰번호 휴대전화 휴대전화번호 핸드폰 \
         핸드폰번호 연락처 Telefon Telefonnummer Telefon-Nr Handy Handynummer Mobil Mobiltelefon Mobilnummer Mobilfunknummer Festnetz Rufnummer \
         Téléphone Tél Téléphone_portable Portable Téléphone_mobile Numéro_de_téléphone Teléfono Teléfono_móvil Móvil Celular \
         Teléfono_celular Número_de_teléfono Telefono Cellulare Telefone Telemóvel Телефон",
    ),
    (
        Attribute(K::Email, Part::Full, ""),
        "email email_address email_id e_mail mail 邮箱 电子邮箱 电子邮件 邮件 邮箱地址 電子郵件 電郵 電子信箱 メール メールアドレス \
         이메일 이메일주소 메일 E-Mail-Adresse Mailadresse Courriel Adresse_e-mail Adresse_mail Adresse_électronique \
         Correo_electrónico Correo Dirección_de_correo_electrónico Indirizzo_e-mail Почта",
    ),
    (
        Attribute(K::BirthDate, Part::Full, ""),
        "birth_date date_of_birth dob birthday birth_day 出生日期 生日 出生年月 出生年月日 出生 生年月日 誕生日 생년월일 생일 \
         Geburtsdatum Geb.-Datum Geburtstag geboren_am Date_de_naissance Né_le Fecha_de_nacimiento Fecha_nacimiento Data_di_nascita \
         Data_de_nascimento Дата_рождения",
    ),
    (Attribute(K::Gender, Part::Full, ""), "gender sex 性别 性別 성별 Geschlecht Sexe Sexo Género Sesso Пол"),
    (
        Attribute(K::IdDocument, Part::Full, ""),
        "id_number id_no id_card id_document soc_sec_id 证件号码 证件号 证件编号 营业执照号 营业执照 营业执照注册号 营业执照号码 \
         工商注册号 工商执照号 企业法人营业执照号 企业法人营业执照注册号 医保卡号 医保号 社保卡号 社保号 DNI Documento_de_identidad ИНН",
    ),
    (
        Attribute(K::IdDocument, Part::Full, "cn.resident_id"),
        "身份证 身份证号 身份证号码 公民身份号码 公民身份证号 居民身份证号 居民身份证",
    ),
    (
        Attribute(K::IdDocument, Part::Full, "cn.uscc"),
        "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 uscc credit_code",
    ),
    (Attribute(K::IdDocument, Part::Full, "tw.id"), "身分證字號 身分證 身分證號 身分證號碼 身份證字號 國民身分證字號"),
    (Attribute(K::IdDocument, Part::Full, "tw.ubn"), "統一編號 統編 公司統編 公司統一編號 營利事業統一編號"),
    (Attribute(K::IdDocument, Part::Full, "kr.rrn"), "주민등록번호 주민번호"),
    (Attribute(K::IdDocument, Part::Full, "kr.brn"), "사업자등록번호 사업자번호"),
    (Attribute(K::IdDocument, Part::Full, "jp.in"), "マイナンバー 個人番号"),
    (Attribute(K::IdDocument, Part::Full, "jp.cn"), "法人番号"),
    (
        Attribute(K::IdDocument, Part::Full, "de.idnr"),
        "Steuer-ID Steuer-Identifikationsnummer Steueridentifikationsnummer",
    ),
    (Attribute(K::IdDocument, Part::Full, "de.stnr"), "Steuernummer"),
    (Attribute(K::IdDocument, Part::Full, "de.vat"), "USt-IdNr USt-ID Umsatzsteuer-ID"),
    (Attribute(K::IdDocument, Part::Full, "fr.siren"), "SIREN Numéro_SIREN"),
    (Attribute(K::IdDocument, Part::Full, "fr.siret"), "SIRET Numéro_SIRET"),
    (Attribute(K::IdDocument, Part::Full, "es.nif"), "NIF"),
    (Attribute(K::IdDocument, Part::Full, "us.ssn"), "ssn ssn_number social_security_number"),
    (Attribute(K::IdDocument, Part::Full, "passport"), "passport passport_number passport_no 护照 护照号 护照号码"),
    (Attribute(K::IdDocument, Part::Full, "driving_licence"), "drivers_license_number driving_licence 驾驶证 驾驶证号"),
    (Attribute(K::IdDocument, Part::Full, "national_id"), "national_id national_id_number"),
    (Attribute(K::IdDocument, Part::Full, "tax_id"), "tax_id tax_id_number 税号 纳税人识别号"),
    (Attribute(K::IdDocument, Part::Full, "lei"), "lei lei_number"),
    (
        Attribute(K::Address, Part::Full, ""),
        "address full_address addr addr_full address_full 地址 住址 详细地址 现住址 居住地 聯絡地址 住所 ご住所 所在地 주소 도로명주소 \
         Adresse Anschrift Adresse_complète Adresse_postale Dirección Domicilio Indirizzo Endereço Адрес",
    ),
    (
        Attribute(K::Address, Part::Street, ""),
        "address1 addr1 street street_name street_address 街道 住所1 番地 Straße Strasse Str Rue Calle Rua Улица \
         Straße_und_Hausnummer Straße_Hausnummer",
    ),
    (
        Attribute(K::Address, Part::Line, ""),
        "address_line1 addr_line1 address2 addr2 address_line address3 addr3 住所2 建物名 상세주소 Adresszusatz Complément_d'adresse",
    ),
    (Attribute(K::Address, Part::StreetNumber, ""), "street_number house_number Hausnummer Haus-Nr Hausnr 门牌号"),
    (Attribute(K::Address, Part::Unit, ""), "unit unit_number addr_line2 address_line2 apartment apt suite 房号"),
    (Attribute(K::Address, Part::PoBox, ""), "po_box Postfach"),
    (
        Attribute(K::Address, Part::City, ""),
        "city addr_city suburb town birthplace 城市 市 地级市 城市名称 市区町村 市町村 Ort Stadt Wohnort Ville Commune Ciudad \
         Localidad Población Municipio Città Cidade Город",
    ),
    (Attribute(K::Address, Part::District, ""), "district county 区县 区 县 县区 鄉鎮市區 시군구 Ortsteil Район"),
    (
        Attribute(K::Address, Part::Region, ""),
        "state addr_state province region state_province province_state province_code state_code 省 省份 地区 省市 省市区 省市县 省区市 州 都道府県 縣市 시도 \
         Bundesland Région Provincia Регион",
    ),
    (
        Attribute(K::Address, Part::Country, ""),
        "country addr_country country_region 国家 国家地区 国名 국가 Land Pays País Paese Страна",
    ),
    (
        Attribute(K::PostalCode, Part::Full, ""),
        "postcode postal_code post_code zip zip_code zip_postal_code postal_zip_code addr_postal_code pincode 邮编 邮政编码 \
         郵遞區號 郵便番号 우편번호 PLZ Postleitzahl Code_postal CP Código_postal CEP Индекс",
    ),
    (Attribute(K::SocialId, Part::Full, "wechat"), "wechat wechat_id weixin 微信 微信号 微信账号 微信id"),
    (Attribute(K::SocialId, Part::Full, "wechat_unionid"), "wechat_unionid unionid union_id 微信unionid"),
    (
        Attribute(K::SocialId, Part::Full, "wechat_openid"),
        "wechat_openid openid open_id 微信openid 公众号openid 小程序openid wx_openid",
    ),
    (Attribute(K::SocialId, Part::Full, "line"), "line_id"),
    (Attribute(K::SocialId, Part::Full, "qq"), "qq qq号 qq号码"),
    (Attribute(K::SocialId, Part::Full, "weibo"), "weibo 微博 微博id"),
    (
        Attribute(K::BankCard, Part::Full, ""),
        "bank_card bank_card_number card_number 银行卡 银行卡号 银行账号 银行帐号 卡号",
    ),
    (
        Attribute(K::Company, Part::Full, ""),
        "company employer employer_name workplace organisation organization account_name company_account 公司 公司名称 单位 工作单位 单位名称 所在公司 雇主 \
         就职单位 就职公司 任职公司 服務單位 会社名 会社 勤務先 御社名 貴社名 회사 회사명 직장 직장명 상호 업체명 Firma Arbeitgeber \
         Société Entreprise Employeur Nom_de_l'entreprise Empresa Azienda Компания",
    ),
    (Attribute(K::Tag, Part::Full, ""), "tag tags 标签 客户标签 会员标签"),
    (Attribute(K::Consent, Part::Full, ""), "consent opt_in 是否同意 营销授权"),
    (Attribute(K::Text, Part::Full, "occupation"), "occupation 职业 職業 직업 Beruf Profession Profesión"),
];

/// Words before a name that say which or whose; they become the label.
pub const QUALIFIERS: &[&str] = &[
    "primary",
    "secondary",
    "home",
    "work",
    "office",
    "mobile",
    "business",
    "billing",
    "shipping",
    "mailing",
    "native",
    "other",
    "alternate",
    "customer",
    "contact",
    "personal",
    "defaultaddress",
    "default",
    "client",
    "member",
    "user",
    "buyer",
    "recipient",
    "patient",
    "student",
    "delivery",
    "residential",
    "permanent",
    "current",
    "家庭",
    "单位",
    "公司",
    "办公",
    "备用",
    "客户",
    "联系人",
    "本人",
    "常用",
    "会员",
    "户籍",
    "收货人",
    "收货",
    "收件人",
    "收件",
    "买家",
    "顾客",
    "用户",
    "学员",
    "患者",
    "病人",
    "个人",
    "通讯",
    "联系",
    "联络",
    "所在",
    "居住",
    "现居",
    "常住",
    "当前",
    "注册",
    "绑定",
    "预留",
    "默认",
    "主要",
    "邮寄",
    "企业",
    "工作",
    "自宅",
    "勤務先",
    "自宅の",
    "직장",
    "자택",
    "회사",
];

/// Qualifiers that only say that the column is the customer's; they tell nothing apart where there is no other column.
pub const OF_THE_CUSTOMER: &[&str] = &[
    "customer",
    "client",
    "member",
    "user",
    "buyer",
    "recipient",
    "defaultaddress",
    "default",
    "客户",
    "会员",
    "收货人",
    "收货",
    "收件人",
    "收件",
    "买家",
    "顾客",
    "用户",
    "学员",
    "患者",
    "病人",
    "个人",
    "本人",
    "通讯",
    "联系",
    "联络",
    "所在",
    "居住",
    "现居",
    "常住",
    "当前",
    "注册",
    "绑定",
    "预留",
    "默认",
    "家庭",
    "户籍",
];
