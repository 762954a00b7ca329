package dev.colloquy.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of this repository. */
final class Repository {

    static final Path ROOT = root();

    private Repository() {}

    static String read(String path) {
        return read(ROOT.resolve(path));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file whose name ends like this, without what a build made. */
    static List<Path> filesEndingWith(String ending) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> Stream.of("target", ".git")
                            .noneMatch(hidden -> ROOT.relativize(file).startsWith(hidden)
                                    || ROOT.relativize(file).toString().contains("/" + hidden + "/")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simple names of all Java types that have a file of their own. */
    static Set<String> typeNames() {
        return filesEndingWith(".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("domain/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
