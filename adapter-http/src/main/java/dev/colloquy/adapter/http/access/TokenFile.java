package dev.colloquy.adapter.http.access;

import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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
    // Why the file could not be read, if the latest look found that; so it is in the log already.
    private volatile String trouble = "";

    /**
     * What the file held when it was last looked at.
     *
     * @param lines the tokens; those of an earlier text if this one is broken
     * @param text compared at each look: time and size of a file need not change when a token is replaced
     */
    private record Loaded(List<TokenLine> lines, String text) {}

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
            String text = Files.readString(file);
            return new TokenFile(file, nanoTime, new Loaded(parse(file, text), text));
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
            String text = Files.readString(file);
            trouble = "";
            if (!text.equals(before.text())) {
                // Before it is read: a broken one is named in the log only once.
                loaded = new Loaded(before.lines(), text);
                List<TokenLine> lines = parse(file, text);
                loaded = new Loaded(lines, text);
                if (!lines.isEmpty()) {
                    LOG.info("Read {} tokens from {}", lines.size(), file);
                }
            }
        } catch (IOException | InvalidValue e) {
            String reason = reason(e);
            if (!reason.equals(trouble)) {
                LOG.error("{} cannot be read, the tokens stay as they were: {}", file, reason);
                trouble = reason;
            }
        }
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

    /** The tokens in a text. Without one, nobody is let in, which the log says. */
    private static List<TokenLine> parse(Path file, String text) {
        List<TokenLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String kept = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            if (!kept.isBlank() && !kept.strip().startsWith("#")) {
                lines.add(TokenLine.parse(kept, SETTING + ", line " + number));
            }
        }
        if (lines.isEmpty()) {
            LOG.warn("{} holds no token: nobody is let in by one until it does", file);
        }
        return List.copyOf(lines);
    }
}
