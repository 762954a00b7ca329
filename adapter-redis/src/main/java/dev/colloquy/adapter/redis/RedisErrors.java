package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;

/**
 * What the errors of Redis and of the client mean. The client's own exceptions do not get out of this module, not even
 * as a cause: their texts quote commands, and with them content and passwords.
 */
final class RedisErrors {

    private static final String NODE_OF_CLUSTER =
            "the server is a node of a cluster; begin the Redis URL (REDIS_URL) with "
                    + "redis+cluster://, and name no database in it";
    private static final String NO_SENTINELS =
            "the Redis URL (REDIS_URL) says that these are sentinels, and they are none";
    private static final List<String> REQUEST_TOO_LARGE =
            List.of("max request size exceeded", "max single record size exceeded", "invalid bulk length");
    private static final List<String> QUOTA = List.of(
            "max requests limit exceeded",
            "max daily request limit",
            "max monthly request limit",
            "max bandwidth limit",
            "db capacity quota exceeded",
            "max database size exceeded");
    /** What a user may not do in a script Redis 7.0 says in one way, later ones and Valkey in another. */
    private static final List<String> PERMISSION =
            List.of("NOPERM", "user executing the script can't", "ACL failure in script");

    private static final List<String> ACCESS = List.of("NOAUTH", "WRONGPASS", "ERR AUTH", "ERR invalid password");
    /** What a server of another kind than the URL says answers, in small letters, and what to do about it. */
    private static final Map<String, String> WRONG_ADDRESS = Map.of(
            "db index",
            "Redis has no database of the number in the Redis URL (REDIS_URL)",
            "select is not allowed in cluster mode",
            NODE_OF_CLUSTER,
            "running in protected mode",
            "Redis is in protected mode and lets in only its own machine; give it a password, and put that into "
                    + "the Redis URL (REDIS_URL)",
            "cluster support disabled",
            "the Redis URL (REDIS_URL) says that this is a cluster, by its redis+cluster:// or by several "
                    + "addresses, and the server says that it is none",
            "unknown command 'sentinel'",
            NO_SENTINELS,
            "unknown command `sentinel`",
            NO_SENTINELS,
            // The client's own words for an empty answer.
            "master node is undefined",
            "the sentinels know no master of the name in the Redis URL (REDIS_URL)");
    /** An answer of the server begins with a word that says what kind it is. */
    private static final Pattern KIND = Pattern.compile("[A-Z]{2,20}(?= )");

    /** Redisson's words before the command that failed. */
    private static final Pattern ADDED =
            Pattern.compile("\\b(?:channel|command|data|params):", Pattern.CASE_INSENSITIVE);

    private RedisErrors() {}

    /**
     * As {@link #translate(Throwable)}.
     *
     * @param cluster whether the client knows that it talks to a cluster, in which keys may move
     */
    static ColloquyException translate(Throwable failure, boolean cluster) {
        // First, as its text, which may name a user, would be searched for Redis' words.
        ColloquyException known = known(failure);
        if (known != null) {
            return known;
        }
        return !cluster && answer(failure).contains("MOVED ")
                ? new StoreAccessRefused(NODE_OF_CLUSTER, null)
                : translateAnswer(failure);
    }

    /** The domain's error for a failure. One that is the domain's already stays as it is. */
    static ColloquyException translate(Throwable failure) {
        return translate(failure, true);
    }

    private static @Nullable ColloquyException known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ColloquyException known) {
                return known;
            }
        }
        return null;
    }

    private static ColloquyException translateAnswer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ColloquyException meaning = meaningOf(cause);
            if (meaning != null) {
                return meaning;
            }
        }
        return new StoreUnavailable(reason(failure), null);
    }

    /** The error for what repeating does not change; null for what may pass. */
    private static @Nullable ColloquyException meaningOf(Throwable cause) {
        String text = answer(cause);
        String lower = text.toLowerCase(Locale.ROOT);
        if (cause instanceof GeneralSecurityException || isDisagreement(cause)) {
            return new StoreAccessRefused(
                    "no secure connection to Redis: " + cause.getClass().getSimpleName()
                            + ". Check that the URL begins with rediss:// if and only if the server expects TLS, and "
                            + "that this Java trusts the server's certificate, that the certificate holds the name or "
                            + "address of each node, and that the server wants no certificate of its clients",
                    null);
        }
        if (REQUEST_TOO_LARGE.stream().anyMatch(lower::contains)) {
            return StoreLimitReached.ofRequest(
                    "the message is larger than Redis takes in one request; lower the largest message size, or "
                            + "raise the limit of the Redis plan");
        }
        if (QUOTA.stream().anyMatch(lower::contains)) {
            return new StoreLimitReached(
                    "a quota of the Redis plan is used up; raise the plan or wait until the quota starts anew", null);
        }
        if (cause instanceof RedisOutOfMemoryException || text.contains("OOM command not allowed")) {
            return new StoreLimitReached(
                    "Redis has no memory left; raise its maxmemory, or shorten the retention", null);
        }
        if (PERMISSION.stream().anyMatch(text::contains)) {
            return new StoreAccessRefused(
                    "the Redis user may not run a command or use a key that is needed; check its permissions (ACL)",
                    null);
        }
        if (ACCESS.stream().anyMatch(text::contains)) {
            return new StoreAccessRefused(
                    "Redis refuses the user name or the password in the Redis URL (REDIS_URL), or wants one", null);
        }
        return wrongAddress(lower);
    }

    private static @Nullable ColloquyException wrongAddress(String lower) {
        for (Map.Entry<String, String> wrong : WRONG_ADDRESS.entrySet()) {
            if (lower.contains(wrong.getKey())) {
                return new StoreAccessRefused(wrong.getValue(), null);
            }
        }
        return null;
    }

    /**
     * Whether the other side takes part in no TLS handshake like ours. What else fails with an exception of TLS can pass:
     * the connection broke meanwhile, or a proxy could not go on. Netty has kinds of SSLHandshakeException of its own for
     * handshakes that took too long or whose connection was closed.
     */
    private static boolean isDisagreement(Throwable cause) {
        return cause.getClass() == SSLHandshakeException.class
                || cause instanceof SSLPeerUnverifiedException
                || (cause instanceof SSLException && answer(cause).startsWith("not an SSL/TLS record"));
    }

    /** Whether a server refuses a command because its key holds something of another type. */
    static boolean isWrongType(Throwable failure) {
        return answer(failure).contains("WRONGTYPE");
    }

    /** Whether a server does not have a command, or does not let this user run it. */
    static boolean refusesCommand(Throwable failure) {
        String text = answer(failure);
        return text.contains("NOPERM") || text.contains("unknown command") || text.contains("Command is not available");
    }

    static boolean isUnknownScript(Throwable failure) {
        return answer(failure).contains("NOSCRIPT");
    }

    /** Whether a server refuses a script, before running anything of it. */
    static boolean refusesScript(Throwable failure) {
        return isUnknownScript(failure) || refusesKeyLocking(failure);
    }

    /** Whether a server refuses a command, before running anything of it, because of the keys that it names. */
    static boolean refusesKeys(Throwable failure) {
        String text = answer(failure);
        // Not any NOPERM: one about a command inside a script comes when others before it have been carried out.
        return refusesSeveralSlots(failure) || (text.contains("NOPERM") && text.contains("permissions to access"));
    }

    /** Whether a node of a cluster refuses a command because its keys are in several slots. */
    static boolean refusesSeveralSlots(Throwable failure) {
        return answer(failure).contains("CROSSSLOT");
    }

    /** Whether a server refuses the first line of a script, before running anything of it. */
    static boolean refusesKeyLocking(Throwable failure) {
        String text = answer(failure).toLowerCase(Locale.ROOT);
        return text.contains("flag in script shebang")
                || text.contains("compiling script")
                || text.contains("script shebang");
    }

    /** What the server said, without what the client adds: the command, and in its arguments whatever a user writes. */
    private static String answer(Throwable failure) {
        return ADDED.split(String.valueOf(failure.getMessage()), 2)[0];
    }

    private static String reason(Throwable failure) {
        String text = answer(failure);
        for (String known : List.of(
                "LOADING", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "MASTERDOWN", "MISCONF", "BUSY", "NOREPLICAS")) {
            if (text.startsWith(known) || text.contains(" " + known + " ")) {
                return "Redis answers " + known;
            }
        }
        if (text.contains("max number of clients")) {
            return "Redis has reached its largest number of clients";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher kind = KIND.matcher(answer(cause));
            if (cause.getClass() == RedisException.class && kind.lookingAt()) {
                return "Redis answers " + kind.group();
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String kind = root.getClass().getSimpleName();
        return root instanceof IOException ? "Redis cannot be reached: " + kind : "Redis did not answer: " + kind;
    }
}
