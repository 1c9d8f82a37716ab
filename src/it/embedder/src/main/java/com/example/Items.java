package com.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/items")
@RequestScoped
public class Items {
    @Inject
    private Stock stock;

    @GET
    @Path("/{id}")
    @Produces(MediaType.TEXT_PLAIN)
    public String find(@PathParam("id") String id) {
        return stock.find(id);
    }
}
