//! Country codes: ISO 3166-1 alpha-2, with the user-assigned `XK` for Kosovo.

/// A country, by its code.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Country(&'static str);

/// Every code, sorted.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI \
FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM \
MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT \
PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// The codes of three letters (ISO 3166-1 alpha-3), in the order of [`CODES`].
const LONG_CODES: &str = "AND ARE AFG ATG AIA ALB ARM AGO ATA ARG ASM AUT AUS ABW ALA AZE BIH BRB BGD BEL BFA BGR BHR BDI BEN BLM BMU BRN \
BOL BES BRA BHS BTN BVT BWA BLR BLZ CAN CCK COD CAF COG CHE CIV COK CHL CMR CHN COL CRI CUB CPV CUW CXR CYP CZE \
DEU DJI DNK DMA DOM DZA ECU EST EGY ESH ERI ESP ETH FIN FJI FLK FSM FRO FRA GAB GBR GRD GEO GUF GGY GHA GIB GRL \
GMB GIN GLP GNQ GRC SGS GTM GUM GNB GUY HKG HMD HND HRV HTI HUN IDN IRL ISR IMN IND IOT IRQ IRN ISL ITA JEY JAM \
JOR JPN KEN KGZ KHM KIR COM KNA PRK KOR KWT CYM KAZ LAO LBN LCA LIE LKA LBR LSO LTU LUX LVA LBY MAR MCO MDA MNE \
MAF MDG MHL MKD MLI MMR MNG MAC MNP MTQ MRT MSR MLT MUS MDV MWI MEX MYS MOZ NAM NCL NER NFK NGA NIC NLD NOR NPL \
NRU NIU NZL OMN PAN PER PYF PNG PHL PAK POL SPM PCN PRI PSE PRT PLW PRY QAT REU ROU SRB RUS RWA SAU SLB SYC SDN \
SWE SGP SHN SVN SJM SVK SLE SMR SEN SOM SUR SSD STP SLV SXM SYR SWZ TCA TCD ATF TGO THA TJK TKL TLS TKM TUN TON \
TUR TTO TUV TWN TZA UKR UGA UMI USA URY UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM MYT ZAF ZMB ZWE";

/// The country of a code of three letters, in upper or lower case.
pub(crate) fn of_long_code(code: &str) -> Option<&'static str> {
    let at = LONG_CODES.split(' ').position(|known| known.eq_ignore_ascii_case(code))?;
    CODES.split(' ').nth(at)
}

impl Country {
    /// The country of `code`, in upper or lower case.
    ///
    /// # Errors
    /// A phrase that says what is wrong with `code`.
    pub(crate) fn parse(code: &str) -> Result<Country, String> {
        let known = CODES.split(' ').find(|known| known.eq_ignore_ascii_case(code));
        known.map(Country).ok_or_else(|| {
            let also = match code.to_ascii_uppercase().as_str() {
                "UK" => "; the United Kingdom is `GB`",
                "EU" => "; the European Union is no country: leave the key out",
                "EL" => "; Greece is `GR`",
                _ if code.len() != 2 => {
                    "; write the two letters of ISO 3166-1, such as `KP`, `KR`, `RU`, `ID`"
                }
                _ => "",
            };
            format!("`{code}` is not a country code{also}")
        })
    }

    /// Every country, by code.
    pub(crate) fn all() -> impl Iterator<Item = Country> {
        CODES.split(' ').map(Country)
    }

    /// The two letters.
    pub(crate) fn code(self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_249_and_kosovo() {
        assert_eq!(CODES.split(' ').count(), 250);
        assert!(CODES.split(' ').is_sorted());
        assert_eq!(LONG_CODES.split(' ').count(), 250);
        assert_eq!(
            ["LBN", "zwe", "XKX", "USSR"].map(of_long_code),
            [Some("LB"), Some("ZW"), Some("XK"), None]
        );
        assert_eq!(Country::parse("kp").unwrap().code(), "KP");
        assert!(Country::parse("UK").unwrap_err().contains("`GB`"));
    }
}
