package id.detak.notify.channel;

import id.detak.notify.Message;
import id.detak.notify.Severity;
import id.detak.platform.language.Language;
import id.detak.platform.language.Texts;
import id.detak.platform.language.WibTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Messages as people read them: a title, and for each message its text and its link on a line of its own. Several
 * messages have a title in the language of the newest one, since the language of a channel can change.
 */
record MessageText(Texts texts, String title, List<Block> blocks) {
    private static final int MAX_CODES = 10;
    private static final int MAX_TITLE = 200;

    record Block(String text, String url) {}

    static MessageText of(List<Message> messages) {
        List<Block> blocks = messages.stream()
                .map(message -> new Block(
                        messages.size() == 1 ? PlainText.text(message.text()) : headed(message),
                        PlainText.line(message.url())))
                .toList();
        return new MessageText(
                Texts.of("message", language(messages.get(messages.size() - 1))),
                shortened(messages.size() == 1 ? title(messages.get(0)) : title(messages)),
                blocks);
    }

    /** How many of the messages fit into one, at least one. */
    static int fitting(List<Message> messages, TextTarget target) {
        int count = messages.size();
        while (count > 1 && of(messages.subList(0, count)).size(target) > target.limit()) {
            count--;
        }
        return count;
    }

    /** The highest severity among the messages that ring, or null. */
    static Severity loudest(List<Message> messages) {
        return messages.stream()
                .filter(Message::rings)
                .map(Message::severity)
                .max(Severity::compareTo)
                .orElse(null);
    }

    /** For receivers that have a place of their own for the link. */
    MessageText withoutLinks() {
        return new MessageText(
                texts,
                title,
                blocks.stream().map(block -> new Block(block.text(), "")).toList());
    }

    private int size(TextTarget target) {
        return target.size(target.literal(title))
                + blocks.stream()
                        .mapToInt(block -> target.size("\n\n") + target.size(rendered(block, target)))
                        .sum();
    }

    /** A message among others is headed by its rule and time. */
    private static String headed(Message message) {
        String at = message.observedAt() == null
                ? ""
                : " (" + WibTime.DAY_AND_TIME.of(message.observedAt(), language(message)) + ")";
        return title(message) + at + "\n" + PlainText.text(message.text());
    }

    private static String title(Message message) {
        Texts texts = Texts.of("message", language(message));
        if (message.rule() == null) {
            return texts.get("title.test");
        }
        return texts.get(
                "title",
                Map.of(
                        "event", texts.get(message.event().word()),
                        "code", PlainText.line(message.code()),
                        "rule", PlainText.line(rule(message, texts))));
    }

    /** A source's name in {@code rule} is for programs, and the same in each language. */
    private static String rule(Message message, Texts texts) {
        return message.source() == null
                ? message.rule()
                : texts.get("title.source", Map.of("source", message.source()));
    }

    static Language language(Message message) {
        return message.language() == null ? Language.ENGLISH : message.language();
    }

    private static String title(List<Message> messages) {
        List<String> codes = messages.stream()
                .map(Message::code)
                .filter(Objects::nonNull)
                .map(PlainText::line)
                .distinct()
                .toList();
        String named = codes.stream().limit(MAX_CODES).collect(Collectors.joining(", "));
        return Texts.of("message", language(messages.get(messages.size() - 1)))
                .get(
                        "title.several",
                        Map.of(
                                "count",
                                String.valueOf(messages.size()),
                                "codes",
                                named + (codes.size() > MAX_CODES ? ", …" : "")));
    }

    private static String shortened(String title) {
        return title.codePointCount(0, title.length()) <= MAX_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, MAX_TITLE - 1)) + "…";
    }

    /** Title and messages, within the limit. */
    String whole(TextTarget target) {
        return fitted(target.literal(title), blocks.size() == 1 ? "\n" : "\n\n", target);
    }

    /** The messages without the title, within the limit. */
    String body(TextTarget target) {
        return fitted("", "", target);
    }

    /** Ends after a whole message and says how many are left out. The first one is cut if it is too long by itself. */
    private String fitted(String start, String firstBreak, TextTarget target) {
        StringBuilder out = new StringBuilder(start);
        int room = target.limit() - target.size(start);
        int taken = 0;
        for (Block block : blocks) {
            String gap = taken == 0 ? firstBreak : "\n\n";
            String rest = rest(blocks.size() - taken - 1);
            int left = room - target.size(gap) - target.size(rest);
            String next = rendered(block, target);
            if (target.size(next) > left) {
                if (taken > 0) {
                    break;
                }
                next = cut(block, target, left);
            }
            out.append(gap).append(next);
            room -= target.size(gap) + target.size(next);
            taken++;
        }
        return out.append(rest(blocks.size() - taken)).toString();
    }

    private String rest(int more) {
        return more == 0 ? "" : "\n\n" + texts.get("more", Map.of("count", String.valueOf(more)));
    }

    private static String rendered(Block block, TextTarget target) {
        return target.literal(block.text()) + (block.url().isEmpty() ? "" : "\n" + target.address(block.url()));
    }

    private static String cut(Block block, TextTarget target, int left) {
        String address = block.url().isEmpty() ? "" : "\n" + target.address(block.url());
        String end = target.size(address) > left / 2 ? "…" : "…" + address;
        int fits = 0;
        int tooMany = block.text().codePointCount(0, block.text().length()) + 1;
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) / 2;
            if (target.size(target.literal(beginning(block.text(), middle)) + end) <= left) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return target.literal(beginning(block.text(), fits)) + end;
    }

    private static String beginning(String text, int codePoints) {
        return text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}
