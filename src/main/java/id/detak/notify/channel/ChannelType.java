package id.detak.notify.channel;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of channel, read from the records that {@link ChannelSettings} permits.
 *
 * @param fields of the form; empty if it has none, because a device subscribes itself
 */
public record ChannelType(String name, boolean readByPeople, List<Field> fields, Class<?> settings) {

    /** In the order of {@code permits}. */
    public static final List<ChannelType> ALL = Arrays.stream(ChannelSettings.class.getPermittedSubclasses())
            .map(ChannelType::of)
            .toList();

    private static final Map<String, ChannelType> BY_NAME =
            ALL.stream().collect(Collectors.toMap(ChannelType::name, Function.identity()));

    /**
     * An input of the form for a new channel.
     *
     * @param label key in the message bundle
     * @param options words to choose from; empty if the value is typed
     */
    public record Field(
            String name,
            String label,
            boolean secret,
            boolean optional,
            boolean list,
            boolean number,
            boolean url,
            List<String> options) {

        /** Key of the message that labels an option. */
        public String optionLabel() {
            return label + "Name";
        }
    }

    public boolean hasForm() {
        return !fields.isEmpty();
    }

    /** @throws IllegalArgumentException if there is no such type */
    public static ChannelType of(String name) {
        ChannelType type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("Unknown channel type: " + name);
        }
        return type;
    }

    static ChannelType of(ChannelSettings settings) {
        return of(settings.getClass().getAnnotation(ChannelKind.class).value());
    }

    /** For sentences: {@code a, b or c}. */
    static String names() {
        String all = ALL.stream().map(ChannelType::name).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }

    private static ChannelType of(Class<?> settings) {
        ChannelKind kind = settings.getAnnotation(ChannelKind.class);
        return new ChannelType(
                kind.value(),
                kind.readByPeople(),
                Arrays.stream(settings.getRecordComponents())
                        .filter(component -> component.isAnnotationPresent(FormField.class))
                        .map(ChannelType::field)
                        .toList(),
                settings);
    }

    private static Field field(RecordComponent component) {
        FormField form = component.getAnnotation(FormField.class);
        Class<?> type = component.getType();
        List<String> options = type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(word -> word.toString().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
        return new Field(
                component.getName(),
                form.label(),
                form.secret(),
                form.optional(),
                type == List.class,
                type == Integer.class,
                type == URI.class,
                options);
    }
}
