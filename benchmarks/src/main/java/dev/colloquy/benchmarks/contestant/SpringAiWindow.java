package dev.colloquy.benchmarks.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.memory.repository.jdbc.JdbcChatMemoryRepository;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/** (d) Spring AI's chat memory of the last 20 messages, on its JDBC repository over H2 in this process. */
public final class SpringAiWindow implements Contestant {

    private static final String SCHEMA = "/org/springframework/ai/chat/memory/repository/jdbc/schema-h2.sql";

    private final HikariDataSource database;
    private final JdbcChatMemoryRepository repository;
    private final ChatMemory memory;

    private SpringAiWindow(HikariDataSource database) {
        this.database = database;
        new JdbcTemplate(database).execute(schema());
        repository = JdbcChatMemoryRepository.builder().dataSource(database).build();
        memory = MessageWindowChatMemory.builder()
                .chatMemoryRepository(repository)
                .maxMessages(WINDOW)
                .build();
    }

    /** With a database of its own in this process. */
    public static SpringAiWindow inMemory() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl("jdbc:h2:mem:spring-ai;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
        database.setUsername("sa");
        return new SpringAiWindow(database);
    }

    @Override
    public void append(String user, Said said) {
        memory.add(user, List.of(message(said)));
    }

    @Override
    public void appendTurn(String user, Said question, Said answer) {
        memory.add(user, List.of(message(question), message(answer)));
    }

    @Override
    public int readLast(String user, int count) {
        return Math.min(count, memory.get(user).size());
    }

    @Override
    public void seed(String user, List<Said> messages) {
        List<Said> kept = messages.subList(Math.max(0, messages.size() - WINDOW), messages.size());
        repository.saveAll(user, kept.stream().map(SpringAiWindow::message).toList());
    }

    @Override
    public boolean keepsItInRedis() {
        return false;
    }

    @Override
    public void forget() {
        new JdbcTemplate(database).execute("TRUNCATE TABLE SPRING_AI_CHAT_MEMORY");
    }

    @Override
    public void close() {
        forget();
        database.close();
    }

    private static Message message(Said said) {
        return said.byUser() ? new UserMessage(said.content()) : new AssistantMessage(said.content());
    }

    private static String schema() {
        try (InputStream script = Objects.requireNonNull(SpringAiWindow.class.getResourceAsStream(SCHEMA))) {
            // H2 now and then fails to evaluate the check of the type when inserts run concurrently.
            return new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("CHECK \\([^)]*\\)\\)", "");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
