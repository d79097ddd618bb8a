package id.detak.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A REST method whose success becomes an entry of the {@link AuditLog}. Its subject is the id or code in the path, or
 * that of what was created. Methods whose entry needs more detail write it themselves.
 */
@NameBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

    /** The action, such as {@code rule.create}. */
    String value() default "";
}
