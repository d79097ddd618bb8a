package id.detak.capture.fetch;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Parses a robots.txt. Anything else (a page, junk) allows everything. */
final class RobotsParser {
    /** Detak's name in robots.txt, in lower case as the library expects. */
    private static final List<String> ROBOT = List.of("detak");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RobotsParser() {}

    /** @param cut whether the text was cut off at the limit, perhaps within a rule */
    static BaseRobotRules rules(byte[] body, boolean cut) {
        String text = PageDecoder.decode(body, "text/plain");
        if (cut) {
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        if (text.stripLeading().startsWith("<")) {
            return new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
        }
        // No limit: a larger Crawl-delay would forbid everything. No warnings: they would put the server's text into
        // the log.
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
        byte[] safe = encoded(text).getBytes(StandardCharsets.US_ASCII);
        return parser.parseContent("robots.txt", safe, "text/plain", ROBOT);
    }

    /**
     * Rules are compared percent-encoded (RFC 9309, 2.2.2). Encoding them here keeps the library's time linear. It
     * would strip HTML at each '<' and lower-case a long line of 'İ' in quadratic time: a minute for 512 KiB.
     */
    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && b != '<') {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }
}
