package id.detak;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import id.detak.access.Audited;
import id.detak.testsupport.BesideTheApplication;
import jakarta.persistence.EnumeratedValue;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The packages in the order in which they build on each other: each may use those before it and none after it. */
@AnalyzeClasses(packages = "id.detak", importOptions = ImportOption.DoNotIncludeTests.class)
@BesideTheApplication
class ArchitectureTest {

    private static final List<String> ORDER = List.of(
            "platform",
            "embedded",
            "database",
            "access",
            "http",
            "strip",
            "indicator",
            "capture",
            "series",
            "notify",
            "alert",
            "retention",
            "backup",
            "intake",
            "page",
            "demo",
            "cli");

    @ArchTest
    static void packages_use_only_those_before_them(JavaClasses classes) {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            mayNotUse(classes, ORDER.get(i), ORDER.subList(i + 1, ORDER.size()));
        }
    }

    @ArchTest
    static void the_parser_stands_alone(JavaClasses classes) {
        mayUseOnly(classes, "strip");
    }

    @ArchTest
    static void messages_know_no_rule_and_no_series(JavaClasses classes) {
        mayUseOnly(classes, "notify", "platform", "database", "access", "http");
    }

    @ArchTest
    static void backups_know_tables_only(JavaClasses classes) {
        mayUseOnly(classes, "backup", "platform", "database");
    }

    @ArchTest
    static void only_the_start_knows_the_embedded_database(JavaClasses classes) {
        for (String user : ORDER) {
            if (!List.of("embedded", "database", "cli").contains(user)) {
                mayNotUse(classes, user, List.of("embedded"));
            }
        }
    }

    @ArchTest
    static final ArchRule every_class_is_in_the_order = classes().should().resideInAnyPackage(inside(ORDER));

    @ArchTest
    static void no_two_classes_have_the_same_name(JavaClasses classes) {
        List<String> names = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getSimpleName)
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("id.detak.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pages_share_only_what_is_shared =
            slices().matching("id.detak.page.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pages_use_no_rest_resource = noClasses()
            .that()
            .resideInAPackage("id.detak.page..")
            .should()
            .dependOnClassesThat(resideOutsideOfPackage("id.detak.page..").and(simpleNameEndingWith("Resource")));

    /** Those that change nothing, and those that write an entry with details themselves. */
    private static final Set<String> AUDITED_OTHERWISE = Set.of(
            "RulesResource.backtest",
            "ImportsResource.delete",
            "SessionResource.signIn",
            "SessionResource.signOut",
            "LabelsResource.confirm",
            "IndicatorResource.change",
            "IndicatorResource.merge",
            "IndicatorResource.delete");

    @ArchTest
    static void changes_by_rest_are_audited(JavaClasses classes) {
        List<String> missing = classes.stream()
                .filter(type -> type.getSimpleName().endsWith("Resource"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> Stream.of(POST.class, PUT.class, PATCH.class, DELETE.class)
                                .anyMatch(method::isAnnotatedWith)
                        && !method.isAnnotatedWith(Audited.class))
                .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .filter(name -> !AUDITED_OTHERWISE.contains(name))
                .toList();
        assertThat(missing).as("methods without @Audited").isEmpty();
    }

    private static void mayUseOnly(JavaClasses classes, String user, String... used) {
        mayNotUse(
                classes,
                user,
                ORDER.stream()
                        .filter(name -> !name.equals(user) && !List.of(used).contains(name))
                        .toList());
    }

    private static void mayNotUse(JavaClasses classes, String user, List<String> used) {
        noClasses()
                .that()
                .resideInAPackage("id.detak." + user + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inside(used))
                .check(classes);
    }

    private static String[] inside(List<String> names) {
        return names.stream().map(name -> "id.detak." + name + "..").toArray(String[]::new);
    }

    @ArchTest
    static final ArchRule the_parser_is_plain_java = classes()
            .that()
            .resideInAPackage("id.detak.strip..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "id.detak.strip..",
                            "java.lang..",
                            "java.util..",
                            "java.math..",
                            "java.time..",
                            "org.jsoup..")
                    .or(belongToAnyOf(Reader.class, StringReader.class, IOException.class)));

    @ArchTest
    static final ArchRule rules_need_no_framework = noClasses()
            .that()
            .resideInAPackage("id.detak.alert.rule..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta..", "java.sql..")
                    .and(not(equivalentTo(EnumeratedValue.class))));

    @ArchTest
    static final ArchRule fetcher_archives_and_embedded_database_need_no_framework = noClasses()
            .that()
            .resideInAnyPackage("id.detak.capture.fetch..", "id.detak.capture.archive..", "id.detak.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that()
            .resideInAnyPackage(
                    "id.detak.strip..",
                    "id.detak.indicator..",
                    "id.detak.capture..",
                    "id.detak.series..",
                    "id.detak.notify..",
                    "id.detak.alert..",
                    "id.detak.retention..",
                    "id.detak.intake..",
                    "id.detak.page..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule texts_do_not_depend_on_the_default_locale = noClasses()
            .should()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .because("under ar-EG %d prints Arabic digits, also into SQL: pass Locale.ROOT");

    @ArchTest
    static final ArchRule only_resources_know_http_problems = noClasses()
            .that()
            .resideInAnyPackage("id.detak.indicator..", "id.detak.series..", "id.detak.alert.rule..", "id.detak.cli..")
            .and()
            .haveSimpleNameNotEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(HttpProblem|Problems)");

    @ArchTest
    static void bodies_with_constraints_are_validated(JavaClasses classes) {
        List<String> unchecked = classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(PUT.class))
                .flatMap(method -> method.getParameters().stream())
                .filter(body -> body.getRawType().getFields().stream()
                        .flatMap(field -> field.getAnnotations().stream())
                        .anyMatch(annotation ->
                                annotation.getRawType().getPackageName().equals("jakarta.validation.constraints")))
                .filter(body -> !body.isAnnotatedWith(Valid.class))
                .map(body -> body.getOwner().getFullName())
                .toList();
        assertThat(unchecked).as("without @Valid").isEmpty();
    }
}
