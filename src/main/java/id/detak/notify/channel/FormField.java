package id.detak.notify.channel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the form on the channels page asks for a setting. The input follows from the setting's Java type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface FormField {

    /**
     * Key of the label in the message bundle. For an enum, the labels of its words have the same key with {@code Name}
     * at the end.
     */
    String label();

    /** Whether the input is hidden like a password. */
    boolean secret() default false;

    /** Whether a channel works without the setting, so that the form can remove it. */
    boolean optional() default false;
}
