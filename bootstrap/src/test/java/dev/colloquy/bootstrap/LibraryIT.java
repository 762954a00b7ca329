package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The jar that a program depends on")
class LibraryIT {

    private static final String PROGRAM = """
            import dev.colloquy.bootstrap.Colloquy;
            import dev.colloquy.domain.conversation.Role;

            final class Program {
                private Program() {}

                static void run() {
                    try (Colloquy colloquy = Colloquy.fromEnvironment()) {
                        colloquy.agent("onboarding").saveMessage("alex", Role.USER, "Alex");
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("compiles without a warning where javac warns of everything")
    void noWarnings() throws Exception {
        Path source = Files.writeString(directory.resolve("Program.java"), PROGRAM);
        // In a repository no library lies beside it, so it must name none.
        Path jar = Files.copy(Path.of("target", "colloquy.jar"), directory.resolve("colloquy-bootstrap.jar"));
        assertThat(compile(source, Stream.concat(Stream.of(jar), libraries()))).isEmpty();
    }

    private String compile(Path source, Stream<Path> classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(source);
            String path = classPath.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            List<String> options =
                    List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", path, "-d", directory.toString());
            boolean done =
                    compiler.getTask(said, files, null, options, null, sources).call();
            return done ? said.toString() : "not compiled: " + said;
        }
    }

    private static Stream<Path> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).toList().stream();
        }
    }
}
