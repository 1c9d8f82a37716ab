package com.example;

import jakarta.enterprise.context.ApplicationScoped;
import org.ergograph.monitor.MonitoredDbOperation;

/** The one bean whose calls are to be measured. */
@ApplicationScoped
public class Stock {
    @MonitoredDbOperation(operation = "select", table = "items")
    public String find(String id) {
        if (id.equals("none")) {
            throw new IllegalArgumentException("no item none");
        }
        return "item " + id;
    }
}
