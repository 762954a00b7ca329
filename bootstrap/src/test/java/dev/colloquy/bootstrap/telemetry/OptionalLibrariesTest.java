package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.colloquy.bootstrap.Colloquy;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A program that embeds Colloquy and sends telemetry")
class OptionalLibrariesTest {

    /** Nobody listens there, which is no error. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LOGFIRE_TOKEN", "write-token", "LOGFIRE_BASE_URL", "http://127.0.0.1:1");

    @ParameterizedTest
    @ValueSource(strings = {"opentelemetry-logback-appender-", "logback-classic-"})
    @DisplayName("need not have the libraries that are optional")
    void without(String library) throws Exception {
        try (URLClassLoader program = classPathWithout(library)) {
            Class<?> colloquy = program.loadClass(Colloquy.class.getName());
            assertThat(colloquy).isNotSameAs(Colloquy.class);

            assertThatCode(() -> {
                        Object embedded =
                                colloquy.getMethod("fromEnvironment", Map.class).invoke(null, ENVIRONMENT);
                        colloquy.getMethod("close").invoke(embedded);
                    })
                    .doesNotThrowAnyException();
        }
    }

    /** All classes anew, but for those of the JDK and of one library. */
    private static URLClassLoader classPathWithout(String library) throws MalformedURLException {
        String tested = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<URL> kept = new ArrayList<>();
        List<Path> left = new ArrayList<>();
        for (String entry : tested.split(File.pathSeparator, -1)) {
            Path file = Path.of(entry);
            if (file.getFileName().toString().startsWith(library)) {
                left.add(file);
            } else {
                kept.add(file.toUri().toURL());
            }
        }
        assertThat(left).hasSize(1);
        return new URLClassLoader(kept.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
