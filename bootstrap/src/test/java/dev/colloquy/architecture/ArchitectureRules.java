package dev.colloquy.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import dev.colloquy.domain.error.ColloquyException;
import java.util.List;
import java.util.Set;

/**
 * The rules of the architecture for the classes below one root package. The root is a parameter so that the same rules
 * can be tried on samples that break them.
 *
 * <p>Wherever possible a rule lists what is allowed, not what is forbidden: a misspelt name in a list of what is
 * forbidden would pass unnoticed.
 *
 * @param root the package above {@code domain}, {@code application}, the adapters and {@code bootstrap}
 * @param publicAdapterClasses the simple names of the adapter classes that may be public
 */
record ArchitectureRules(String root, Set<String> publicAdapterClasses) {

    private static final String[] JDK = {"java..", "org.jspecify.."};

    /** A rule with its number, under which documents and tests name it. */
    record Numbered(int number, ArchRule rule) {
        @Override
        public String toString() {
            return "rule " + number + ": " + rule.getDescription();
        }
    }

    List<Numbered> all() {
        return List.of(
                new Numbered(1, everyClassIsInARing()),
                new Numbered(1, dependenciesPointInward()),
                new Numbered(2, domainUsesTheJdkOnly()),
                new Numbered(3, applicationUsesTheDomainAndALoggingApi()),
                new Numbered(4, adaptersDoNotUseEachOther()),
                new Numbered(5, librariesStayAtHome()),
                new Numbered(6, portsAreInterfaces()),
                new Numbered(6, portsSpeakTheLanguageOfTheDomain()),
                new Numbered(7, inboundAndOutboundPortsDoNotKnowEachOther()),
                new Numbered(9, adaptersHideTheirClasses()),
                new Numbered(9, useCasesAreHidden()),
                new Numbered(10, domainFieldsAreFinal()),
                new Numbered(11, timeAndChanceAreInputs()),
                new Numbered(12, errorsExtendTheRoot()),
                new Numbered(13, packagesHaveNoCycles()),
                new Numbered(13, packagesAreNullMarked()),
                new Numbered(14, onlyMainTouchesTheStandardStreams()));
    }

    private String in(String ring) {
        return root + "." + ring + "..";
    }

    ArchRule everyClassIsInARing() {
        return classes()
                .should()
                .resideInAnyPackage(in("domain"), in("application"), in("adapter.*"), in("bootstrap"))
                .because("a class outside the rings escapes every other rule");
    }

    ArchRule dependenciesPointInward() {
        return noClasses()
                .that()
                .resideInAPackage(in("adapter"))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..")
                        .and(resideOutsideOfPackage(in("adapter")).and(resideOutsideOfPackage(in("domain")))))
                .because("an adapter needs the ports only; who builds it is bootstrap's business");
    }

    ArchRule domainUsesTheJdkOnly() {
        return classes()
                .that()
                .resideInAPackage(in("domain"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JDK).or(resideInAPackage(in("domain"))))
                .because("the rules of a conversation outlive every library");
    }

    ArchRule applicationUsesTheDomainAndALoggingApi() {
        return classes()
                .that()
                .resideInAPackage(in("application"))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(JDK).or(resideInAnyPackage(in("application"), in("domain"), "org.slf4j..")))
                .because("policy must be readable and testable without any technology");
    }

    ArchRule adaptersDoNotUseEachOther() {
        return slices().matching(root + ".adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .because("an adapter must be replaceable without touching another");
    }

    ArchRule librariesStayAtHome() {
        return LibraryHomes.rule(root);
    }

    ArchRule portsAreInterfaces() {
        return classes()
                .that()
                .resideInAPackage(in("domain.port"))
                .and()
                .haveNameMatching(".*(UseCase|Store)")
                .should()
                .beInterfaces()
                .because("a port says what, an adapter or a service says how");
    }

    ArchRule portsSpeakTheLanguageOfTheDomain() {
        return methods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage(in("domain.port")))
                .should(Conditions.onlyNameTypesThat(resideInAPackage("java..").or(resideInAPackage(in("domain")))))
                .because("a type of a library in a port binds every caller to that library");
    }

    ArchRule inboundAndOutboundPortsDoNotKnowEachOther() {
        return slices().matching(root + ".domain.port.(*)..")
                .should()
                .notDependOnEachOther()
                .because("only the application connects what is asked for with what is needed");
    }

    ArchRule adaptersHideTheirClasses() {
        return classes()
                .that()
                .resideInAPackage(in("adapter"))
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should(Conditions.haveASimpleNameIn(publicAdapterClasses))
                .because("what is public is what others come to rely on");
    }

    ArchRule useCasesAreHidden() {
        return classes()
                .that()
                .resideInAPackage(in("application"))
                .and()
                .implement(resideInAPackage(in("domain.port.in")))
                .should()
                .notBePublic()
                .because("who calls a use case needs its port only");
    }

    ArchRule domainFieldsAreFinal() {
        return fields().that()
                .areDeclaredInClassesThat(resideInAPackage(in("domain")))
                .should()
                .beFinal()
                .because("what threads share must not change");
    }

    ArchRule timeAndChanceAreInputs() {
        return noClasses()
                .that()
                .resideInAnyPackage(in("domain"), in("application"))
                .should()
                .accessTargetWhere(AmbientInputs.AMBIENT_CALL)
                .because("a rule that looks at the clock, at chance or at the machine's settings cannot be tested");
    }

    ArchRule errorsExtendTheRoot() {
        return classes()
                .that(assignableTo(Throwable.class))
                .and()
                .arePublic()
                // How code inside the HTTP adapter gives up on a request; the adapter turns each into an answer.
                .and()
                .doNotHaveSimpleName("ProblemException")
                .should()
                .beAssignableTo(ColloquyException.class)
                .because("a caller must be able to handle every error of ours by one sealed type");
    }

    ArchRule packagesHaveNoCycles() {
        return slices().matching("(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a cycle can only be understood together");
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .should(Conditions.resideInANullMarkedPackage())
                .because("only then does the compiler check what may be null");
    }

    ArchRule onlyMainTouchesTheStandardStreams() {
        return noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .accessFieldWhere(AmbientInputs.STANDARD_STREAM)
                .orShould()
                .accessTargetWhere(AmbientInputs.STACK_TRACE_PRINT)
                .because("a library that prints cannot be embedded; logs go through SLF4J");
    }
}
