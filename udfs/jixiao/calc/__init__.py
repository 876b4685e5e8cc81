"""What runs inside LibreOffice Calc: its add-in calls the same functions and buttons that Excel calls.

The UNO components of addin/libreoffice stand before it and hand over UNO's objects as they come. Importing this
package loads nothing heavy.
"""
