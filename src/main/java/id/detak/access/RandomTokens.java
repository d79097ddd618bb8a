package id.detak.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Random tokens of 256 bits, and how to recognize random ones of other programs. */
final class RandomTokens {

    static final int LENGTH = 43;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,}|[0-9A-F]{32,}");
    /** 43 characters of base64, of which the last has only four bits. */
    private static final Pattern OWN = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private RandomTokens() {}

    static String create() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Whether a token looks like the output of a random generator, with at least 128 bits: hexadecimal digits and
     * letters in turns, or a token of {@link #create} that mixes capitals, small letters and digits as words never do.
     * Other forms could be words with digits in them. Some random tokens are not recognized, which only makes their
     * check slower.
     */
    static boolean isRandom(String token) {
        if (HEX.matcher(token).matches()) {
            return token.chars().distinct().count() >= 10 && changesOfKind(token) >= token.length() / 4;
        }
        return OWN.matcher(token).matches()
                && token.chars().distinct().count() >= 16
                && token.chars().anyMatch(Character::isDigit)
                && changesOfKind(token) >= token.length() / 2;
    }

    /** How often a capital, a small letter, a digit or a sign is followed by one of another kind. */
    private static int changesOfKind(String token) {
        int changes = 0;
        for (int i = 1; i < token.length(); i++) {
            if (kind(token.charAt(i)) != kind(token.charAt(i - 1))) {
                changes++;
            }
        }
        return changes;
    }

    private static int kind(char c) {
        return Character.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : Character.isLowerCase(c) ? 2 : 3;
    }
}
