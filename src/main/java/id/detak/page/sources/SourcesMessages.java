package id.detak.page.sources;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page of sources, in {@code messages/sources_en.properties} and {@code sources_id.properties}. */
@MessageBundle("sources")
public interface SourcesMessages {

    String title();

    String intro();

    String attempt();

    String success();

    String next();

    String never();

    String poll();

    String waiting();

    String late();

    String polled(String source, String outcome);
}
