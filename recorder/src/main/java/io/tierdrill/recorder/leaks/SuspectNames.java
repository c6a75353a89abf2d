package io.tierdrill.recorder.leaks;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names whose values are secrets. Stateless. */
final class SuspectNames {
    private static final Pattern ANYWHERE = Pattern.compile(
            ".*(password|passwd|passphrase|secret|token|apikey|accesskey|privatekey|credential|sessionid|sessid|signature"
                    + "|csrf|xsrf|jwt|authorization|bearer|securitycode|cardnumber|creditcard).*|pass|pwd|pin|auth"
                    + "|session|sid|otp|cvv|cvc|ssn|iban|samlresponse|assertion|accountkey|keypairid");
    private static final Pattern IN_URLS = Pattern.compile("code|state|sig|nonce|key|codeverifier");
    private static final Pattern NONE = Pattern.compile(
            ".*(maxtoken|mintoken|tokencount|counttoken|tokentype|tokenizer|tokenlimit|numtoken|totaltoken"
                    + "|completiontoken|prompttoken|inputtoken|outputtoken|cookie(consent|policy|banner)).*");

    private SuspectNames() {}

    static boolean isSuspect(String name, boolean inUrl) {
        String bare = name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
        if (NONE.matcher(bare).matches()) return false;
        return ANYWHERE.matcher(bare).matches()
                || inUrl && IN_URLS.matcher(bare).matches();
    }
}
