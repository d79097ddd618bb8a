package id.detak.access;

import id.detak.platform.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks reads that other sites must not trigger in a browser, such as a stream. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SameOriginOnly {

    @Provider
    @SameOriginOnly
    class Check implements ContainerRequestFilter {

        private final SameOriginFilter ownOrigin;
        private final RoutingContext context;

        Check(SameOriginFilter ownOrigin, RoutingContext context) {
            this.ownOrigin = ownOrigin;
            this.context = context;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            ownOrigin.objection(context.request()).ifPresent(objection -> {
                throw Problems.of(403, Problems.FORBIDDEN, objection);
            });
        }
    }
}
