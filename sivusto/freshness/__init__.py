"""How fresh a thing is: one number that moves with every change the public can see."""
