package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the build has made it puts in place so that")
@Timeout(60)
class PutInPlaceTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path target;

    @BeforeEach
    void buildOnce() throws Exception {
        make("fresh/lib/a.jar", "library");
        make("fresh/colloquy-service.jar", "service");
        assertThat(putInPlace()).isZero();
    }

    @Test
    @DisplayName("a service that runs goes on reading the files that it has opened")
    void replaced() throws Exception {
        try (InputStream service = Files.newInputStream(target.resolve("colloquy-service.jar"));
                InputStream library = Files.newInputStream(target.resolve("lib/a.jar"))) {
            make("fresh/lib/a.jar", "other library");
            make("fresh/colloquy-service.jar", "other service");

            assertThat(putInPlace()).isZero();

            assertThat(service.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("service");
            assertThat(library.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("library");
            assertThat(target.resolve("colloquy-service.jar")).hasContent("other service");
            assertThat(target.resolve("lib/a.jar")).hasContent("other library");
        }
    }

    @Test
    @DisplayName("what is the same already stays as it is")
    void same() throws Exception {
        Files.setLastModifiedTime(target.resolve("colloquy-service.jar"), LONG_AGO);
        Files.setLastModifiedTime(target.resolve("lib/a.jar"), LONG_AGO);
        make("fresh/lib/a.jar", "library");

        assertThat(putInPlace()).isZero();

        assertThat(Files.getLastModifiedTime(target.resolve("colloquy-service.jar")))
                .isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(target.resolve("lib/a.jar"))).isEqualTo(LONG_AGO);
    }

    private void make(String name, String content) throws IOException {
        Path file = target.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private int putInPlace() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "src/build/PutInPlace.java", target.toString())
                .inheritIO()
                .start()
                .waitFor();
    }
}
