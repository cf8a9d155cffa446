"""Deliveries («leveranser»): texts with figures by reference, approved by another person, and then frozen."""
