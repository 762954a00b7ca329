import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Run by the build after the jars are made in {@code target/fresh}: puts them where the service is started from. A JVM goes
 * on reading a jar with the directory that it found in it at first, so a jar that was written anew in its place would break
 * the service that runs from it; of one that was replaced it keeps the old file. What is the same already stays as it is.
 * The service's jar comes last: where it is, all is there that it needs.
 */
public final class PutInPlace {

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]).toAbsolutePath();
        Path fresh = target.resolve("fresh");
        Path libraries = Files.createDirectories(target.resolve("lib"));
        try (DirectoryStream<Path> made = Files.newDirectoryStream(fresh.resolve("lib"), "*.jar")) {
            for (Path library : made) {
                put(library, libraries.resolve(library.getFileName()));
            }
        }
        Path service = fresh.resolve("colloquy-service.jar");
        // Maven wants the one that it made again, to see whether it has to make another.
        Path copy = Files.copy(service, fresh.resolve("next.jar"), REPLACE_EXISTING);
        put(copy, target.resolve(service.getFileName()));
    }

    private static void put(Path made, Path place) throws IOException {
        if (Files.exists(place) && Files.mismatch(made, place) < 0) {
            Files.delete(made);
        } else {
            Files.move(made, place, ATOMIC_MOVE);
        }
    }
}
