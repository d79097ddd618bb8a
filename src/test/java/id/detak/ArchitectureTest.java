package id.detak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import id.detak.testsupport.BesideTheApplication;

/** The packages in the order that data takes: each may use what stands before it, never what comes after. */
@AnalyzeClasses(packages = "id.detak", importOptions = ImportOption.DoNotIncludeTests.class)
@BesideTheApplication
class ArchitectureTest {

    @ArchTest
    static final ArchRule data_flows_one_way = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("platform").definedBy("id.detak.platform..")
            .layer("strip").definedBy("id.detak.strip..")
            .layer("indicator").definedBy("id.detak.indicator..")
            .layer("capture").definedBy("id.detak.capture..")
            .layer("series").definedBy("id.detak.series..")
            .layer("notify").definedBy("id.detak.notify..")
            .layer("alert").definedBy("id.detak.alert..")
            .layer("retention").definedBy("id.detak.retention..")
            .layer("backup").definedBy("id.detak.backup..")
            .layer("intake").definedBy("id.detak.intake..")
            .layer("dashboard").definedBy("id.detak.dashboard..")
            .layer("demo").definedBy("id.detak.demo..")
            .layer("cli").definedBy("id.detak.cli..")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer()
            .whereLayer("retention").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("backup").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("backup").mayOnlyAccessLayers("platform")
            .whereLayer("demo").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("dashboard").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("intake").mayOnlyBeAccessedByLayers("demo", "cli")
            .whereLayer("alert").mayOnlyBeAccessedByLayers("intake", "dashboard", "cli")
            .whereLayer("notify").mayOnlyBeAccessedByLayers("alert", "intake", "dashboard", "cli")
            .whereLayer("notify").mayOnlyAccessLayers("platform")
            .whereLayer("series").mayOnlyBeAccessedByLayers("alert", "retention", "intake", "dashboard", "cli")
            .whereLayer("capture").mayOnlyBeAccessedByLayers("series", "alert", "intake", "dashboard", "demo", "cli")
            .whereLayer("platform").mayNotAccessAnyLayer()
            .whereLayer("strip").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule no_cycles = slices().matching("id.detak.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_parser_is_plain_java = classes().that().resideInAPackage("id.detak.strip..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("id.detak.strip..", "java.lang..", "java.util..", "java.math..", "java.time..", "org.jsoup..");

    @ArchTest
    static final ArchRule the_decision_whether_a_rule_fires_needs_no_framework = noClasses().that().resideInAPackage("id.detak.alert.rule..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..", "java.sql..");

    @ArchTest
    static final ArchRule fetcher_archives_and_database_launcher_need_no_framework = noClasses()
            .that().resideInAnyPackage("id.detak.capture.fetch..", "id.detak.capture.archive..", "id.detak.platform.postgres..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that().resideInAnyPackage("id.detak.strip..", "id.detak.indicator..", "id.detak.capture..", "id.detak.series..", "id.detak.notify..", "id.detak.alert..", "id.detak.retention..", "id.detak.intake..", "id.detak.dashboard..")
            .should().callMethod(java.time.Instant.class, "now").orShould().callMethod(java.time.LocalDate.class, "now")
            .orShould().callMethod(java.time.ZonedDateTime.class, "now").orShould().callMethod(System.class, "currentTimeMillis");
}
