package id.detak.notify.channel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is known of a kind of channel without its settings. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ChannelKind {

    /** The {@code type} in JSON and in the table. */
    String value();

    /** Whether people read it, so that several messages may be sent as one. */
    boolean readByPeople() default true;
}
