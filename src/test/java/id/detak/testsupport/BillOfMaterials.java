package id.detak.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Completes the CycloneDX bill of materials that Quarkus writes: it adds the packages that web-bundler bundled into the
 * page. A known bad version fails the build, which calls it (see the POM).
 */
public final class BillOfMaterials {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BillOfMaterials() {}

    /**
     * @param arguments Quarkus' bill, the complete one, the folder of the npm packages, and those that the scripts of
     *     the page import
     */
    public static void main(String... arguments) throws IOException {
        ObjectNode bill = (ObjectNode) JSON.readTree(Path.of(arguments[0]).toFile());
        Path packages = Path.of(arguments[2]);
        Set<String> bundled = new TreeSet<>();
        for (int i = 3; i < arguments.length; i++) {
            collect(packages, arguments[i], bundled);
        }
        ArrayNode components = bill.withArray("components");
        refuseKnownBad(components);
        for (String name : bundled) {
            components.add(component(description(packages, name)));
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(Path.of(arguments[1]).toFile(), bill);
    }

    private static void refuseKnownBad(ArrayNode components) throws IOException {
        KnownBadVersions bad = new KnownBadVersions();
        for (JsonNode component : components) {
            bad.objection(
                            component.path("group").asText(),
                            component.path("name").asText(),
                            component.path("version").asText())
                    .ifPresent(objection -> {
                        throw new IllegalStateException(objection);
                    });
        }
    }

    private static void collect(Path packages, String name, Set<String> found) throws IOException {
        if (found.add(name)) {
            for (var dependencies =
                            description(packages, name).path("dependencies").fieldNames();
                    dependencies.hasNext(); ) {
                collect(packages, dependencies.next(), found);
            }
        }
    }

    private static JsonNode description(Path packages, String name) throws IOException {
        return JSON.readTree(packages.resolve(name).resolve("package.json").toFile());
    }

    private static ObjectNode component(JsonNode description) {
        String name = description.get("name").asText();
        String purl = "pkg:npm/" + name.replace("@", "%40") + "@"
                + description.get("version").asText();
        ObjectNode component = JSON.createObjectNode()
                .put("type", "library")
                .put("bom-ref", purl)
                .put("name", name)
                .put("version", description.get("version").asText())
                .put("purl", purl);
        component
                .putArray("licenses")
                .addObject()
                .putObject("license")
                .put("id", description.get("license").asText());
        return component;
    }
}
