package dev.colloquy.adapter.http.problem;

import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.RuleViolation;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreFailure;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;

/** Which problem stands for which error of the domain. */
public final class Problems {

    private static final String RETRY_AFTER = "Retry-After";
    private static final String SOON = "1";

    private Problems() {}

    /** The problem for an error of the domain. */
    public static Problem of(ColloquyException error) {
        return switch (error) {
            case RuleViolation violation -> of("", violation);
            case StoreFailure failure -> of(failure);
        };
    }

    /** The problem for a value that is not allowed. */
    public static Problem invalidValue(String field, String given, String allowed) {
        return of(new InvalidValue(field, given, allowed));
    }

    /** The same, with the place of the field before its name. */
    public static Problem invalidValue(String place, InvalidValue error) {
        return Problem.of(ProblemType.INVALID_VALUE, place + error.getMessage())
                .at(place + error.field(), error.allowed());
    }

    /** The same for a broken rule, with the place of the field at fault before its name. */
    public static Problem of(String place, RuleViolation violation) {
        return switch (violation) {
            case InvalidValue error -> invalidValue(place, error);
            case MessageTooLarge error ->
                Problem.of(ProblemType.MESSAGE_TOO_LARGE, place + error.getMessage())
                        .at(place + "content", "at most " + error.maxBytes() + " bytes of UTF-8, metadata included");
            case MessageIdConflict error ->
                problem(ProblemType.MESSAGE_ID_CONFLICT, error)
                        .at(place + "id", "an id that is new, or a repeat of the call that brought it")
                        .with("messageId", error.messageId());
            // Only at the start, before there are requests.
            case InvalidSettings error -> problem(ProblemType.INTERNAL_ERROR, error);
        };
    }

    private static Problem of(StoreFailure failure) {
        return switch (failure) {
            case ConversationChanged error -> problem(ProblemType.CONVERSATION_CHANGED, error);
            case StoreUnavailable error ->
                problem(ProblemType.STORE_UNAVAILABLE, error).withHeader(RETRY_AFTER, SOON);
            case OutboxFull error ->
                problem(ProblemType.OUTBOX_FULL, error)
                        .withHeader(
                                RETRY_AFTER,
                                Long.toString(Math.max(1, error.retryAfter().toSeconds())));
            case StoredDataUnreadable error -> problem(ProblemType.STORED_DATA_UNREADABLE, error);
            case StoreLimitReached error -> problem(ProblemType.STORE_LIMIT_REACHED, error);
            case StoreAccessRefused error -> problem(ProblemType.STORE_ACCESS_REFUSED, error);
        };
    }

    private static Problem problem(ProblemType type, ColloquyException error) {
        return Problem.of(type, String.valueOf(error.getMessage()));
    }
}
