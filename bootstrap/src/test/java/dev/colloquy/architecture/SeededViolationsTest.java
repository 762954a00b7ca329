package dev.colloquy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail is no rule: each one fails on a sample made to break it, and says what is wrong. */
@DisplayName("Each architecture rule fails on a sample that breaks it")
class SeededViolationsTest {

    private static final String SAMPLES = "dev.colloquy.architecture.samples.";

    private static Arguments broken(
            String sample, Function<ArchitectureRules, ArchRule> rule, String offender, String because) {
        return Arguments.of(sample, rule, offender, because);
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                broken(
                        "rule01",
                        ArchitectureRules::everyClassIsInARing,
                        "rule01.stray.Stray",
                        "escapes every other rule"),
                broken(
                        "rule01",
                        ArchitectureRules::dependenciesPointInward,
                        "rule01.adapter.web.KnowsTheApplication",
                        "an adapter needs the ports only"),
                broken(
                        "rule02",
                        ArchitectureRules::domainUsesTheJdkOnly,
                        "rule02.domain.LoggingConversation",
                        "outlive every library"),
                broken(
                        "rule03",
                        ArchitectureRules::applicationUsesTheDomainAndALoggingApi,
                        "rule03.application.CachingPolicy",
                        "without any technology"),
                broken(
                        "rule04",
                        ArchitectureRules::adaptersDoNotUseEachOther,
                        "rule04.adapter.left.Left",
                        "replaceable without touching another"),
                broken(
                        "rule05",
                        ArchitectureRules::librariesStayAtHome,
                        "rule05.adapter.http.CachingHandler",
                        "one place to replace a library"),
                broken(
                        "rule06",
                        ArchitectureRules::portsAreInterfaces,
                        "rule06.domain.port.in.SaveMessageUseCase",
                        "a port says what"),
                broken(
                        "rule06",
                        ArchitectureRules::portsSpeakTheLanguageOfTheDomain,
                        "rule06.domain.port.out.LeakyStore",
                        "binds every caller"),
                broken(
                        "rule07",
                        ArchitectureRules::inboundAndOutboundPortsDoNotKnowEachOther,
                        "rule07.domain.port.in.Asking",
                        "only the application connects"),
                broken(
                        "rule09",
                        ArchitectureRules::adaptersHideTheirClasses,
                        "rule09.adapter.http.Exposed",
                        "come to rely on"),
                broken(
                        "rule09",
                        ArchitectureRules::useCasesAreHidden,
                        "rule09.application.AskService",
                        "needs its port only"),
                broken("rule10", ArchitectureRules::domainFieldsAreFinal, "rule10.domain.Counter", "must not change"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.now()",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.nowLater",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.chance",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.shuffle",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.setting",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.calendar",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.processors",
                        "cannot be tested"),
                broken(
                        "rule11",
                        ArchitectureRules::timeAndChanceAreInputs,
                        "rule11.domain.Ambient.bytes",
                        "cannot be tested"),
                broken(
                        "rule12",
                        ArchitectureRules::errorsExtendTheRoot,
                        "rule12.domain.StrayException",
                        "by one sealed type"),
                broken("rule13", ArchitectureRules::packagesHaveNoCycles, "rule13.domain.hen", "understood together"),
                broken("rule13", ArchitectureRules::packagesAreNullMarked, "rule13.domain.egg", "what may be null"),
                broken(
                        "rule14",
                        ArchitectureRules::onlyMainTouchesTheStandardStreams,
                        "rule14.application.Printer.print",
                        "cannot be embedded"),
                broken(
                        "rule14",
                        ArchitectureRules::onlyMainTouchesTheStandardStreams,
                        "rule14.application.Printer.trace(",
                        "cannot be embedded"),
                broken(
                        "rule14",
                        ArchitectureRules::onlyMainTouchesTheStandardStreams,
                        "rule14.application.Printer.traceLater",
                        "cannot be embedded"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("samples")
    void fails(String sample, Function<ArchitectureRules, ArchRule> rule, String offender, String because) {
        ArchitectureRules rules = new ArchitectureRules(SAMPLES + sample, Set.of());

        String report = reportOf(rule.apply(rules), sample);

        assertThat(report).contains(SAMPLES + offender).contains(because).doesNotContain(SAMPLES + sample + ".fine");
    }

    @Test
    @DisplayName("rule08: a store without a test")
    void untestedStore() {
        JavaClasses noTests = new ClassFileImporter().importPackages(SAMPLES + "rule01");

        assertThat(reportOf(StoreTests.everyStoreRunsTheContract(noTests), "rule08"))
                .contains("no test named UntestedStore… extends the contract")
                .contains("run over both");
    }

    private static String reportOf(ArchRule rule, String sample) {
        return rule.allowEmptyShould(false)
                .evaluate(new ClassFileImporter().importPackages(SAMPLES + sample))
                .getFailureReport()
                .toString();
    }
}
