"""Between the network and Flask: granian reads, a request waits in a queue until it is there as a whole, a thread answers it.

A thread is taken for a request that has arrived, never for one that arrives: who sends slowly, or reads slowly what is
answered, holds a connection, which costs little, and nobody else up. Granian is spoken to by its own interface, RSGI.
"""
