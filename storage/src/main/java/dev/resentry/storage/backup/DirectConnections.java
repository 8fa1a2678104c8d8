package dev.resentry.storage.backup;

import com.zaxxer.hikari.util.DriverDataSource;
import dev.resentry.storage.database.DatabaseAddress;
import java.util.Properties;
import javax.sql.DataSource;

/** Connections that may be silent for as long as a large table takes, which no pool would wait for. */
final class DirectConnections {
    private DirectConnections() {}

    static DataSource to(DatabaseAddress address) {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "resentry backup");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("loginTimeout", "10");
        return new DriverDataSource(
                address.jdbcUrl(), "org.postgresql.Driver", properties, address.user(), address.password());
    }
}
