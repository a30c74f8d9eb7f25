package dev.keysmith.core.persistence;

import dev.keysmith.core.platform.Configuration;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the configured database: a file of H2 unless {@code keysmith.database.url}
 * says otherwise. The container makes it by name, pools it and enlists it in transactions.
 *
 * <p>The driver is asked directly, found beside this class: the driver manager would offer the
 * container's own drivers, of other versions.
 */
public class ConfiguredDataSource implements DataSource {

  private final String url;
  private final Properties login = new Properties();
  private final Driver driver;

  /** Reads MicroProfile Config. */
  public ConfiguredDataSource() {
    this(new Configuration());
  }

  /** Reads {@code keysmith.database.url}, {@code .user} and {@code .password(.file)}. */
  public ConfiguredDataSource(Configuration configuration) {
    url = configuration.text("keysmith.database.url").orElseGet(() -> file(configuration));
    login.setProperty("user", configuration.text("keysmith.database.user").orElse("keysmith"));
    login.setProperty("password", configuration.secret("keysmith.database.password").orElse(""));
    driver = driver(url);
  }

  /** WRITE_DELAY=0: what is committed is in the file, whatever happens to the process next. */
  private static String file(Configuration configuration) {
    return "jdbc:h2:file:"
        + configuration.data().resolve("keysmith")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static Driver driver(String url) {
    for (Driver each :
        ServiceLoader.load(Driver.class, ConfiguredDataSource.class.getClassLoader())) {
      try {
        if (each.acceptsURL(url)) {
          return each;
        }
      } catch (SQLException e) {
        // The same as: does not accept it.
      }
    }
    throw new IllegalStateException(
        "keysmith.database.url must begin with jdbc:h2: or jdbc:postgresql:");
  }

  @Override
  public Connection getConnection() throws SQLException {
    return driver.connect(url, login);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The drivers log by themselves.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    login.setProperty("loginTimeout", Integer.toString(seconds));
  }

  @Override
  public int getLoginTimeout() {
    return DriverManager.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("Wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
