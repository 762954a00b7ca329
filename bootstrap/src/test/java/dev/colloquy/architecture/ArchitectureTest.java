package dev.colloquy.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The architecture")
class ArchitectureTest {

    /** What others build against. A class is added here on purpose, never to make a test pass. */
    private static final Set<String> PUBLIC_ADAPTER_CLASSES = Stream.of(
                    // what bootstrap and embedding programs build against
                    Set.of("MemoryConversationStore", "EvictionListener"),
                    Set.of("RedisConversationStore", "RedisSettings", "RedisListener"),
                    Set.of(
                            "HttpServer",
                            "HttpSettings",
                            "HttpPorts",
                            "HttpFeatures",
                            "HttpLimits",
                            "ServerCertificate",
                            "RequestObserver"),
                    Set.of("AccessControl", "Caller", "TokenFile", "NewToken", "JwtAccess", "JwtSettings"),
                    // what packages of one adapter share
                    Set.of("MessageJson", "MessagesReader", "SentMessages", "AnswerWriter"),
                    Set.of("Problem", "ProblemType", "ProblemException", "Problems"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final int FEWEST_CLASSES = 80;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("store-tck"))
            .importPackages("dev.colloquy");

    @TestFactory
    @DisplayName("keeps to")
    Stream<DynamicTest> rules() {
        return new ArchitectureRules("dev.colloquy", PUBLIC_ADAPTER_CLASSES)
                .all().stream()
                        .map(numbered -> dynamicTest(
                                numbered.toString(), () -> numbered.rule().check(MAIN)));
    }

    @Test
    @DisplayName("keeps to rule 8: every store runs the contract")
    void everyStoreRunsTheContract() {
        Path modules = Path.of("").toAbsolutePath().getParent();
        JavaClasses tests = new ClassFileImporter()
                .importPaths(Stream.of("adapter-memory", "adapter-redis", "application", "bootstrap")
                        .map(module -> modules.resolve(module).resolve("target/test-classes"))
                        .filter(Files::isDirectory)
                        .toList());

        StoreTests.everyStoreRunsTheContract(tests).check(MAIN);
    }

    @Test
    @DisplayName("was really looked at: the rules saw the classes of every ring")
    void canary() {
        assertThat(MAIN).hasSizeGreaterThan(FEWEST_CLASSES);
        assertThat(Stream.of("domain", "application", "adapter.memory", "adapter.redis", "adapter.http", "bootstrap"))
                .allSatisfy(ring -> assertThat(MAIN.stream()
                                .anyMatch(type -> type.getPackageName().startsWith("dev.colloquy." + ring)))
                        .isTrue());
    }
}
