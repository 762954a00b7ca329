package dev.colloquy.adapter.http.access;

import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens from a file, which is read again when it changes. A file that is broken after a change leaves the tokens
 * as they were, and is named in the log once; one that cannot be read is tried again until it can. Safe for any number
 * of threads.
 */
public final class TokenFile implements AccessControl {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final String SETTING = "COLLOQUY_TOKENS_FILE";
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;
    private volatile Loaded loaded;
    // Which version is in the log as one that cannot be read, if the latest look found one.
    private volatile @Nullable Version unreadable;

    /** What the file held when it was last looked at. */
    private record Loaded(List<TokenLine> lines, Version version) {}

    private record Version(FileTime modified, long size) {}

    private TokenFile(Path file, LongSupplier nanoTime, Loaded loaded) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.nextLook = new AtomicLong(nanoTime.getAsLong() + LOOK_EVERY_NANOS);
        this.loaded = loaded;
    }

    /**
     * Reads the file. Without a token in it, nobody is let in, which the log says.
     *
     * @param file one token a line, with or without a byte order mark; empty lines and those that begin with {@code #}
     *     are passed over
     * @param nanoTime a clock in nanoseconds, for looking at the file at most once a second
     * @throws InvalidValue if the file cannot be read or a line is not of the right form
     */
    public static TokenFile open(Path file, LongSupplier nanoTime) {
        try {
            return new TokenFile(file, nanoTime, load(file));
        } catch (IOException e) {
            throw new InvalidValue(SETTING, file.toString(), "a readable file with a token a line");
        }
    }

    @Override
    public Optional<Caller> recognise(String token) {
        lookForChange();
        String hash = TokenHash.of(token);
        Caller found = null;
        // Every line is compared, each in constant time: how long it takes tells nothing about the tokens.
        for (TokenLine line : loaded.lines()) {
            if (TokenHash.areEqual(line.hash(), hash)) {
                found = line.caller();
            }
        }
        return Optional.ofNullable(found);
    }

    private void lookForChange() {
        long due = nextLook.get();
        long now = nanoTime.getAsLong();
        if (now - due < 0 || !nextLook.compareAndSet(due, now + LOOK_EVERY_NANOS)) {
            return;
        }
        Loaded before = loaded;
        try {
            if (!version(file).equals(before.version())) {
                loaded = load(file);
                if (!loaded.lines().isEmpty()) {
                    LOG.info("Read {} tokens from {}", loaded.lines().size(), file);
                }
            }
            unreadable = null;
        } catch (IOException e) {
            // The next look tries again: permissions are mended without a change that a version would show.
            Version version = versionOrNone();
            if (!version.equals(unreadable)) {
                warn(e);
                unreadable = version;
            }
        } catch (InvalidValue e) {
            warn(e);
            loaded = new Loaded(before.lines(), versionOrNone());
        }
    }

    private void warn(Exception error) {
        LOG.error("{} cannot be read, the tokens stay as they were: {}", file, reason(error));
    }

    /** The JDK's text is the path alone where a file is missing or not permitted. */
    private static String reason(Exception error) {
        return switch (error) {
            case NoSuchFileException ignored -> "no such file";
            case AccessDeniedException ignored -> "no permission";
            case CharacterCodingException ignored -> "not text in UTF-8";
            default -> String.valueOf(error.getMessage());
        };
    }

    private Version versionOrNone() {
        try {
            return version(file);
        } catch (IOException e) {
            return new Version(FileTime.fromMillis(0), -1);
        }
    }

    /** Reads the file. Without a token in it, nobody is let in, which the log says. */
    private static Loaded load(Path file) throws IOException {
        Version version = version(file);
        List<TokenLine> lines = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            number++;
            String line = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                lines.add(TokenLine.parse(line, SETTING + ", line " + number));
            }
        }
        if (lines.isEmpty()) {
            LOG.warn("{} holds no token: nobody is let in by one until it does", file);
        }
        return new Loaded(List.copyOf(lines), version);
    }

    private static Version version(Path file) throws IOException {
        return new Version(Files.getLastModifiedTime(file), Files.size(file));
    }
}
